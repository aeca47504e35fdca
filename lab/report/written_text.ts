/**
 * The words of a study's `reading.md`, on the page; its tables are drawn anew.
 *
 * @module
 */
import type { PageElement, ReportPage } from "./report_page.ts";

/**
 * The paragraphs and lists of a dataset.
 *
 * @param page The page.
 * @param text What `reading.md` says.
 * @param dataset The dataset, whose heading comes before its words.
 */
export function writtenText(page: ReportPage, text: string, dataset: string): PageElement[] {
  const parts = text.split(/^## /m).find((part) => part.startsWith(`${dataset}\n`)) ?? "";
  const blocks = parts.slice(dataset.length).split(/\n{2,}/).map((block) => block.trim());
  return blocks.filter((block) => block !== "" && !block.startsWith("|")).map((block) => {
    if (!block.startsWith("- ")) return page.element("p", {}, block);
    const items = block.split(/^- /m).filter((item) => item !== "");
    return page.element("ul", {}, ...items.map((item) => page.element("li", {}, item.trim())));
  });
}
