/**
 * What features are worth, in a line each after they have been made.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import type { PreparedInteractions } from "../../data/ingest/prepare.ts";
import { drawnPairs } from "../../lab/quality/dataset_quality.ts";
import { drawPairs } from "../../lab/quality/item_pairs.ts";
import { type ModalityQuality, modalityQuality } from "../../lab/quality/modality_quality.ts";
import { note } from "../common/note.ts";
import { repeatedParts } from "../common/repeated_parts.ts";
import { datasetsCommandLine } from "../common/datasets_command_line.ts";
import type { PreprocessRequest } from "./preprocess_command.ts";

/**
 * Measures modalities, and says what came of it.
 *
 * @param modalities The modalities; nothing is said where there are none.
 * @param prepared The rows, of which train rows say which items are taken together.
 * @param request What the user asked for: the dataset's name and place.
 */
export function noteQuality(
  modalities: readonly Modality[],
  prepared: Pick<PreparedInteractions, "rows" | "labels">,
  { dataset, dataDirectory }: Pick<PreprocessRequest, "dataset" | "dataDirectory">,
): void {
  if (modalities.length === 0) return;
  const pairs = drawPairs(trainRows(prepared), drawnPairs);
  for (const modality of modalities) note(qualityLine(modalityQuality(modality, pairs)));
  note(`  ${datasetsCommandLine(dataset, dataDirectory, { html: "FILE" })} shows more`);
}

/** The train rows, by user. */
function trainRows({ rows: { start, items }, labels }: Parameters<typeof noteQuality>[1]) {
  const rowStart = new Uint32Array(start.length);
  const column = items.filter((_, n) => labels[n] === 0);
  for (let user = 0; user + 1 < start.length; user++) {
    let count = 0;
    for (let n = start[user]; n < start[user + 1]; n++) count += Number(labels[n] === 0);
    rowStart[user + 1] = rowStart[user] + count;
    // As they are in the dataset's graph, so that the same pairs are drawn of both.
    column.subarray(rowStart[user], rowStart[user + 1]).sort();
  }
  return { rows: start.length - 1, rowStart, column };
}

/**
 * A line about a modality.
 *
 * @param quality What was measured of it.
 * @example
 * ```ts
 * import { qualityLine } from "./quality_notes.ts";
 * const counts = { missing: 0, constantColumns: 0, repeatedColumns: 0, repeatedItems: 1 };
 * qualityLine({ name: "image", columns: 8, ...counts, rank: { rank: 4.52, most: 8 } });
 * // 'Quality of "image": effective rank 4.5 of 8; 1 item with the same features as another'
 * ```
 */
export function qualityLine(
  { name, rank, likeness, ...repeated }: ModalityQuality,
): string {
  const parts = [
    `effective rank ${rank.rank.toFixed(1)} of ${rank.most}`,
    ...likeness === undefined ? [] : [
      `AUC of items taken together ${likeness.asGiven.area.toFixed(3)} as they are, ` +
      `${likeness.standardised.area.toFixed(3)} as z-scores, ± ${
        likeness.asGiven.error.toFixed(3)
      } ` +
      "(0.5: no signal)",
    ],
    ...repeatedParts(repeated),
  ];
  return `Quality of "${name}": ${parts.join("; ")}`;
}
