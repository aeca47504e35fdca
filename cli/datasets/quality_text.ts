/**
 * The quality of a dataset, for people to read.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import type { DatasetQuality } from "../../lab/quality/dataset_quality.ts";
import type { HeldOutRows } from "../../lab/quality/leakage.ts";
import { leakageChecks } from "../../lab/quality/leakage_section.ts";
import { bandNames, type ModalityQuality } from "../../lab/quality/modality_quality.ts";
import { shareText } from "../../lab/quality/share_cell.ts";
import { areaText, type RocArea } from "../../lab/statistics/roc_area.ts";
import { repeatedParts } from "../common/repeated_parts.ts";
import { type TableColumn, tableText } from "../common/text_table.ts";

/** What stands where nothing is known. */
const none = "-";

/**
 * What features are worth, and what is odd about held-out rows.
 *
 * @param quality The quality.
 * @returns Lines, each ended; none of a dataset of which nothing is to be said.
 */
export function qualityText({ modalities, noise, leakage }: DatasetQuality): string {
  const parts = [
    modalities.length === 0 ? "" : featuresText(modalities, noise),
    modalities.flatMap(repeatedText).map((line) => `${line}\n`).join(""),
    leakageText(leakage),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function featuresText(
  modalities: DatasetQuality["modalities"],
  noise: readonly number[] | undefined,
): string {
  const shares = [...modalities.map(({ bands }) => bands), noise];
  const number = (heading: string, cells: readonly string[]): TableColumn => ({
    ...{ heading, isNumber: true, cells: [...cells, ""] },
  });
  return tableText([
    { heading: "quality", cells: [...modalities.map(({ name }) => name), "(noise)"] },
    number("effective rank", modalities.map(({ rank }) => rank.rank.toFixed(1))),
    number("AUC as they are", modalities.map(({ likeness }) => areaCell(likeness?.asGiven))),
    number("AUC of z-scores", modalities.map(({ likeness }) => areaCell(likeness?.standardised))),
    ...bandNames.map((name, band): TableColumn => ({
      heading: band === 0 ? `energy: ${name}` : name,
      cells: shares.map((bands) => bands === undefined ? none : percent(bands[band])),
      isNumber: true,
    })),
  ]) + "AUC: how often items taken together are more alike than random ones; 0.5 is no signal\n";
}

function areaCell(area: RocArea | undefined): string {
  return area === undefined ? none : areaText(area);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/**
 * What features say more than once, or not at all.
 *
 * @param quality The quality of a modality.
 * @returns A line, or none.
 */
export function repeatedText(
  { name, constantColumns, ...repeated }: ModalityQuality,
): string[] {
  const parts = [
    ...constantColumns > 0 ? [`${counted(constantColumns, "column")} constant`] : [],
    ...repeatedParts(repeated),
  ];
  return parts.length === 0 ? [] : [`${name}: ${parts.join("; ")}`];
}

function leakageText(leakage: Readonly<Record<"valid" | "test", HeldOutRows>>): string {
  const splits = [leakage.valid, leakage.test];
  const odd = leakageChecks.filter(([, key]) => splits.some((rows) => (rows[key] ?? 0) > 0));
  if (odd.length === 0) return "";
  const column = (heading: string, rows: HeldOutRows): TableColumn => ({
    heading,
    cells: odd.map(([, key]) => shareText(rows[key] ?? 0, rows.rows)),
    isNumber: true,
  });
  return tableText([
    { heading: "held-out rows", cells: odd.map(([label]) => label) },
    column("validation", leakage.valid),
    column("test", leakage.test),
  ]);
}
