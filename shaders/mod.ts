/**
 * Differentiated operations on a program: each appends its forward launches, and its backward launches
 * when the program's `backward()` is called.
 *
 * @example A linear layer on the device
 * ```ts
 * import { Memory, openGpu, Program, readFloats } from "@bandpass/bandpass/gpu";
 * import { linear } from "@bandpass/bandpass/shaders";
 * const gpu = await openGpu("auto");
 * const memory = new Memory(gpu);
 * const program = new Program(memory, "example");
 * const table = (label: string, rows: number, data: number[]) =>
 *   program.tensor(label, rows, 4, { data: new Float32Array(data) });
 * const x = table("x", 1, [1, 2, 3, 4]);
 * const weight = table("weight", 4, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
 * const y = linear(program, x, weight, table("bias", 1, [10, 10, 10, 10]));
 * await program.compile();
 * program.submit();
 * await readFloats(memory, y.allocation, 4); // [11, 12, 13, 14]
 * memory.destroy();
 * gpu.close();
 * ```
 *
 * @module
 */
export * from "./adam/adam.ts";
export * from "./band_mask/band_mask.ts";
export * from "./bce_loss/bce_loss.ts";
export * from "./block_basis/block_basis.ts";
export * from "./block_scale/block_scale.ts";
export * from "./bottleneck_loss/bottleneck_loss.ts";
export * from "./bpr_loss/bpr_loss.ts";
export * from "./bpr_loss/bpr_loss_of_rows.ts";
export * from "./chebyshev/chebyshev.ts";
export * from "./columns/columns.ts";
export * from "./columns/reshape.ts";
export * from "./columns/stack.ts";
export * from "./columns/table_block.ts";
export * from "./cholesky_inverse/cholesky_inverse.ts";
export * from "./cholesky_inverse/symmetric_matrix.ts";
export * from "./common/element/counted.ts";
export * from "./common/element/element.ts";
export * from "./common/lanes/lanes.ts";
export * from "./common/loss_terms/loss_terms.ts";
export * from "./common/step/step_state.ts";
export * from "./cosine_gap/cosine_gap.ts";
export * from "./cp_operator/cp_operator.ts";
export * from "./dense_row_sum/dense_row_sum.ts";
export * from "./difference_loss/difference_loss.ts";
export * from "./dropout/dropout.ts";
export * from "./eigen_bands/eigen_bands.ts";
export * from "./elementwise/activation.ts";
export * from "./elementwise/elementwise.ts";
export * from "./fourier/fourier.ts";
export * from "./from_nearest/from_nearest.ts";
export * from "./gate/gate.ts";
export * from "./gather/gather.ts";
export * from "./gather/order.ts";
export * from "./gather/row_lists.ts";
export * from "./halves_dot/halves_dot.ts";
export * from "./info_nce/info_nce.ts";
export * from "./linear/linear.ts";
export * from "./list_columns/list_columns.ts";
export * from "./log_sum_exp/log_sum_exp.ts";
export * from "./log_sum_exp/symmetric_strip.ts";
export * from "./log_sum_exp/tile_kernels.ts";
export * from "./matmul/matmul.ts";
export * from "./matmul/product_batches.ts";
export * from "./matmul/tiling.ts";
export * from "./mean_loss/mean_loss.ts";
export * from "./mix_bands/mix_bands.ts";
export * from "./narrow_linear/narrow_linear.ts";
export * from "./negatives/negatives.ts";
export * from "./norm_loss/norm_loss.ts";
export * from "./norm_ratio/norm_ratio.ts";
export * from "./orthogonal_bands/apply_bands.ts";
export * from "./orthogonal_bands/eigenpairs.ts";
export * from "./orthogonal_bands/orthogonal_bands.ts";
export * from "./rank/block_places.ts";
export * from "./rank/pair_list.ts";
export * from "./rank/rank.ts";
export * from "./rank/weighted_ranks.ts";
export * from "./reduce/reduce.ts";
export * from "./regression_weights/regression_weights.ts";
export * from "./row_dot/row_dot.ts";
export * from "./row_norm/row_norm.ts";
export * from "./scale/scale.ts";
export * from "./softmax/softmax.ts";
export * from "./sparse_row_sum/sparse_row_sum.ts";
export * from "./spmm/chunks.ts";
export * from "./spmm/device_matrix.ts";
export * from "./spmm/propagate.ts";
export * from "./spmm/row_subset.ts";
export * from "./spmm/spmm.ts";
export * from "./spmm/upload.ts";
export * from "./square_loss/square_loss.ts";
export * from "./standardise/standardise.ts";
export * from "./sum_loss/sum_loss.ts";
export * from "./top_k/top_k.ts";
export * from "./transpose/transpose.ts";
export * from "./unique_rows/unique_rows.ts";
export * from "./unit_log_sum_exp/all_pairs.ts";
export * from "./unit_log_sum_exp/compared_rows.ts";
export * from "./unit_log_sum_exp/unit_log_sum_exp.ts";
export * from "./weighted_mean/weighted_mean.ts";
export * from "./weighted_sum/weighted_sum.ts";
export * from "./wiener_gain/wiener_gain.ts";
