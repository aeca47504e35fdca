/**
 * What features say more than once, as commands word it.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import type { ModalityQuality } from "../../lab/quality/modality_quality.ts";

/**
 * The columns and the items of a modality that repeat another.
 *
 * @param quality What was counted.
 * @returns Parts of a sentence; none where nothing is repeated.
 * @example
 * ```ts
 * import { repeatedParts } from "./repeated_parts.ts";
 * repeatedParts({ repeatedColumns: 0, repeatedItems: 1 }); // ["1 item with the same features as another"]
 * ```
 */
export function repeatedParts(
  { repeatedColumns, repeatedItems }: Pick<ModalityQuality, "repeatedColumns" | "repeatedItems">,
): string[] {
  return [
    ...repeatedColumns > 0 ? [`${counted(repeatedColumns, "column")} the same as another`] : [],
    ...repeatedItems > 0
      ? [`${counted(repeatedItems, "item")} with the same features as another`]
      : [],
  ];
}
