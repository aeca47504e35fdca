/**
 * Items and those nearest to them, on the page of a dataset.
 *
 * @module
 */
import type { PageElement, ReportPage } from "../report/report_page.ts";
import type { DatasetQuality } from "./dataset_quality.ts";

/** How an item is shown. */
export interface ShownItem {
  /** The item's own id. */
  readonly id: string;
  /** Its name; nothing where it has none. */
  readonly name?: string;
  /** The `data:` address of its picture; nothing where it has none. */
  readonly picture?: string;
}

/**
 * A list of items a modality, each with its neighbours.
 *
 * @param page The page.
 * @param quality The dataset's quality.
 * @param itemOf How an item is shown.
 */
export function neighbourSection(
  page: ReportPage,
  { modalities }: DatasetQuality,
  itemOf: (item: number) => ShownItem,
): PageElement[] {
  const shown = modalities.filter(({ neighbours }) => neighbours.length > 0);
  return shown.flatMap(({ name, neighbours }) => [
    page.element("h2", {}, `Nearest items by ${name}`),
    page.element(
      "p",
      { class: "quiet" },
      "Items from the most popular to the least, each with those nearest to it by the cosine of their features.",
    ),
    ...neighbours.map(({ item, nearest }) =>
      page.element(
        "div",
        { class: "near" },
        itemElement(page, "div", itemOf(item)),
        page.element(
          "ol",
          {},
          ...nearest.map(({ item, cosine }) => itemElement(page, "li", itemOf(item), cosine)),
        ),
      )
    ),
  ]);
}

function itemElement(
  page: ReportPage,
  element: string,
  { id, name, picture }: ShownItem,
  cosine?: number,
): PageElement {
  const told = [
    ...name === undefined ? [] : [id],
    ...cosine === undefined ? [] : [cosine.toFixed(3)],
  ];
  return page.element(
    element,
    { class: "item" },
    // What it shows is written beside it.
    picture === undefined ? undefined : page.element("img", { src: picture, alt: "" }),
    page.element(
      "div",
      {},
      page.element("div", {}, name ?? id),
      told.length === 0 ? undefined : page.element("div", { class: "quiet" }, told.join(" · ")),
    ),
  );
}
