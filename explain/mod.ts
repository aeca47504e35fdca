/**
 * Explanations: why a recommender scores an item as it does, by modality, band, view, and by the items that a user took.
 *
 * @example Why a user gets an item
 * ```ts
 * import { readDataset, train } from "@bandpass/bandpass";
 * import { explainScores } from "@bandpass/bandpass/explain";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * await using model = await train(dataset, "turbocf");
 * const [why] = await explainScores(model, { user: 7, items: Uint32Array.of(3) });
 * console.log(why.score, why.own?.parts);
 * ```
 *
 * @module
 */
export * from "./breakdown_headings.ts";
export * from "./explain_scores.ts";
export * from "./explain_similar.ts";
export * from "./explained_blend.ts";
export * from "./explained_blocks.ts";
export * from "./explained_index.ts";
export * from "./explained_model.ts";
export * from "./explained_rows.ts";
export * from "./explanation.ts";
export * from "./explanation_text.ts";
export * from "./named_explanation.ts";
export * from "./pair_matrix.ts";
export * from "./part_words.ts";
export * from "./parted_score.ts";
export * from "./planned_scores.ts";
export * from "./row_breakdowns.ts";
export * from "./single_rows.ts";
