/**
 * The built-in models, and what a model of your own is made of.
 *
 * @example What there is
 * ```ts
 * import { models } from "@bandpass/bandpass/models";
 * models.map(({ name }) => name); // ["popularity", "itemknn", …, "ssr"]
 * ```
 *
 * @module
 */
export * from "./backbone/block_energies.ts";
export * from "./backbone/branches.ts";
export * from "./backbone/feature_tables.ts";
export * from "./backbone/hops.ts";
export * from "./backbone/mean_item_graph.ts";
export * from "./backbone/principal_components.ts";
export * from "./backbone/uncut_rows.ts";
export * from "./blend/blend.ts";
export * from "./blend/member_list.ts";
export * from "./blend/members.ts";
export * from "./blend/standardised_parts.ts";
export * from "./bpr/bpr.ts";
export * from "./changed_settings.ts";
export * from "./chebycf/chebycf.ts";
export * from "./chebycf/coefficients.ts";
export * from "./composition.ts";
export * from "./define_model.ts";
export * from "./filters/chebyshev_part.ts";
export * from "./filters/column_part.ts";
export * from "./filters/define_filter.ts";
export * from "./filters/filter_settings.ts";
export * from "./filters/ideal_parts.ts";
export * from "./filters/filter_context.ts";
export * from "./filters/modality_graph.ts";
export * from "./filters/power_part.ts";
export * from "./filters/score_part.ts";
export * from "./filters/shared_eigenvectors.ts";
export * from "./ease/ease.ts";
export * from "./ease/unit_features.ts";
export * from "./ease/item_weights.ts";
export * from "./ease/residual.ts";
export * from "./ease/search_stages.ts";
export * from "./ease/weight_matrix.ts";
export * from "./fitmm/band_consistency.ts";
export * from "./fitmm/fitmm.ts";
export * from "./fitmm/fitmm_settings.ts";
export * from "./fitmm/random_directions.ts";
export * from "./fold_in.ts";
export * from "./freedom/freedom.ts";
export * from "./gfcf/gfcf.ts";
export * from "./item_knn/item_knn.ts";
export * from "./lightgcn/lightgcn.ts";
export * from "./mmgf/mmgf.ts";
export * from "./model.ts";
export * from "./nearest_preset.ts";
export * from "./parameters.ts";
export * from "./popularity/popularity.ts";
export * from "./presets.ts";
export * from "./registry.ts";
export * from "./row_scores.ts";
export * from "./search.ts";
export * from "./setting_range.ts";
export * from "./settings.ts";
export * from "./shared_work.ts";
export * from "./similar_rows.ts";
export * from "./smore/attention_gate.ts";
export * from "./smore/denoisers.ts";
export * from "./smore/graph_gate.ts";
export * from "./smore/preference_means.ts";
export * from "./smore/smore.ts";
export * from "./smore/smore_settings.ts";
export * from "./smore/spectral_gate.ts";
export * from "./smore/view_parts.ts";
export * from "./space.ts";
export * from "./ssr/band_fusion.ts";
export * from "./ssr/band_gate.ts";
export * from "./ssr/band_operator.ts";
export * from "./ssr/decomposition.ts";
export * from "./ssr/evaluated_side.ts";
export * from "./ssr/modality_alignment.ts";
export * from "./ssr/scored_outputs.ts";
export * from "./ssr/ssr.ts";
export * from "./ssr/ssr_settings.ts";
export * from "./ssr/step_masks.ts";
export * from "./training_settings.ts";
export * from "./tuned_settings.ts";
export * from "./turbocf/turbocf.ts";
export * from "./vbpr/vbpr.ts";
