/**
 * Datasets and their files: folders in MMRec's layout, interactions, features, own ids, and the binary
 * forms of numbers.
 *
 * @example Write a matrix for NumPy, and read it again
 * ```ts
 * import { readNpy, writeNpy } from "@bandpass/bandpass/data";
 * const path = await Deno.makeTempFile({ suffix: ".npy" });
 * await writeNpy(path, [1, 2], new Float32Array([3, 4]));
 * (await readNpy(path)).values; // [3, 4]
 * ```
 *
 * @module
 */
export * from "./atomic_file.ts";
export * from "./atomic_folder.ts";
export * from "./checked_safetensors.ts";
export * from "./content_hashes.ts";
export * from "./counts.ts";
export * from "./dataset.ts";
export * from "./dataset_description.ts";
export * from "./dataset_summary.ts";
export * from "./default_names.ts";
export * from "./embedding_table.ts";
export * from "./excerpt.ts";
export * from "./exists.ts";
export * from "./file_failure.ts";
export * from "./folder.ts";
export * from "./former_folder.ts";
export * from "./id_file.ts";
export * from "./id_list.ts";
export * from "./identifiers.ts";
export * from "./interaction_columns.ts";
export * from "./interactions.ts";
export * from "./is_object.ts";
export * from "./item_meta.ts";
export * from "./modalities.ts";
export * from "./new_items.ts";
export * from "./npy.ts";
export * from "./npy_header.ts";
export * from "./parquet.ts";
export * from "./picture_files.ts";
export * from "./published_counts.ts";
export * from "./published_datasets.ts";
export * from "./read_fully.ts";
export * from "./regular_file.ts";
export * from "./remove_if_there.ts";
export * from "./repeated_key.ts";
export * from "./row_times.ts";
export * from "./safetensors.ts";
export * from "./safetensors_header.ts";
export * from "./sample.ts";
export * from "./sha256.ts";
export * from "./sole_temporary_name.ts";
export * from "./temporary.ts";
export * from "./tensor_sources.ts";
export * from "./time_range.ts";
export * from "./unfinished.ts";
export * from "./write_fully.ts";
export * from "./written_json.ts";
export * from "../algebra/csr.ts";
