/**
 * The modalities of a dataset on its page: counts, effective rank, likeness and bands.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import { intervalChart } from "../report/interval_chart.ts";
import { legendOf } from "../report/report_chart.ts";
import type { PageElement, ReportPage } from "../report/report_page.ts";
import { type Cell, numberCell, tableOf } from "../report/report_table.ts";
import { areaText, type RocArea } from "../statistics/roc_area.ts";
import { barChart } from "./bar_chart.ts";
import { type DatasetQuality, drawnPairs } from "./dataset_quality.ts";
import { bandNames, type ModalityQuality } from "./modality_quality.ts";
import { shareCell } from "./share_cell.ts";

/** Deviations around an estimate that hold it in 95 of 100 cases. */
const deviations95 = 1.96;

const forms = { asGiven: "features as they are", standardised: "as z-scores" } as const;

/**
 * Tables and charts of the modalities.
 *
 * @param page The page.
 * @param quality The dataset's quality.
 * @param items Number of items.
 */
export function modalitySection(
  page: ReportPage,
  { modalities, noise }: DatasetQuality,
  items: number,
): PageElement[] {
  const heading = page.element("h2", {}, "Features");
  if (modalities.length === 0) {
    return [
      heading,
      page.element("p", {}, "There are none: only ID-based models can train on it."),
    ];
  }
  const measures = measuresOf(modalities, items);
  return [
    heading,
    tableOf(page, "The modalities", [
      { heading: "", cells: measures.map(([title]) => title) },
      ...modalities.map((modality) => ({
        heading: modality.name,
        cells: measures.map(([, cell]) => cell(modality)),
      })),
    ]),
    page.element(
      "div",
      { class: "charts" },
      likenessChart(page, modalities),
      bandChart(page, modalities, noise),
    ),
    page.element(
      "p",
      { class: "quiet" },
      `Effective rank: in how many directions the features extend evenly. AUC: how often two items that one user ` +
        `took are more alike, by the cosine of their features, than two of the same popularity put together at ` +
        `random; 0.5 is no signal. Each of both kinds is drawn up to ${
          grouped(drawnPairs)
        } times from train rows, and ` +
        `lines show 95 % intervals of these draws. Energy: of z-scores, by thirds of the frequencies of the ` +
        `interaction graph; features that have nothing to do with it are near noise.`,
    ),
  ];
}

/** A row of the table of modalities: what is measured, and the cell of a modality. */
type Measure = readonly [title: string, cell: (modality: ModalityQuality) => Cell];

function measuresOf(modalities: readonly ModalityQuality[], items: number): Measure[] {
  const sampled: Measure[] = modalities.some(({ rank }) => rank.sampled !== undefined)
    ? [[
      "items drawn for the rank",
      ({ rank }) => countCell(rank.sampled),
    ]]
    : [];
  return [
    ["columns", ({ columns }) => numberCell(columns)],
    ["effective rank", ({ rank }) => ({ value: rank.rank, text: rank.rank.toFixed(1) })],
    ...sampled,
    ["AUC as they are", ({ likeness }) => areaCell(likeness?.asGiven)],
    ["AUC of z-scores", ({ likeness }) => areaCell(likeness?.standardised)],
    ["items without features", ({ missing }) => shareCell(missing, items)],
    [
      "items with the same features as another",
      ({ repeatedItems }) => shareCell(repeatedItems, items),
    ],
    ["constant columns", ({ constantColumns }) => numberCell(constantColumns)],
    ["columns that repeat another", ({ repeatedColumns }) => numberCell(repeatedColumns)],
  ];
}

function countCell(count: number | undefined): Cell {
  return count === undefined ? undefined : { value: count, text: grouped(count) };
}

function areaCell(area: RocArea | undefined): Cell {
  return area && { value: area.area, text: areaText(area) };
}

function likenessChart(
  page: ReportPage,
  modalities: readonly ModalityQuality[],
): PageElement | undefined {
  const rows = modalities.flatMap(({ name, likeness }) =>
    likeness === undefined ? [] : (["asGiven", "standardised"] as const).map((form) => {
      const { area, error } = likeness[form];
      const reach = deviations95 * error;
      return {
        ...{ label: name, series: forms[form], value: area },
        ...{ low: area - reach, high: area + reach },
      };
    })
  );
  if (rows.length === 0) return undefined;
  return intervalChart(page, {
    title: "Are items that are taken together alike?",
    ...{ x: "AUC", interval: "95 % interval" },
    series: legendOf(Object.values(forms)),
    rows,
  });
}

function bandChart(
  page: ReportPage,
  modalities: DatasetQuality["modalities"],
  noise: DatasetQuality["noise"],
): PageElement | undefined {
  const drawn = modalities.flatMap(({ name, bands }) =>
    bands === undefined ? [] : [{ name, values: bands }]
  );
  if (drawn.length === 0 || noise === undefined) return undefined;
  return barChart(page, {
    title: "Energy on the interaction graph",
    x: "frequency",
    places: bandNames,
    series: [...drawn, { name: "noise", values: noise }],
    arranged: "beside",
    areShares: true,
  });
}
