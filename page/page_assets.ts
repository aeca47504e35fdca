/**
 * The files of a page that are the same for all: its frame, its style and its code.
 *
 * @module
 */
import frame from "./browser/index.html" with { type: "text" };
import icon from "./browser/icon.svg" with { type: "text" };
import style from "./browser/page.css" with { type: "text" };
import script from "./page.js" with { type: "text" };
import type { PageFile } from "./page_file.ts";

const asset = (path: string, text: string): PageFile => ({
  path,
  bytes: () => Promise.resolve(new TextEncoder().encode(text)),
});

/** The frame, its icon and style, and `page.js`, which `./bandpass bundle-page` makes of `page/browser/`. */
export const pageAssets: readonly PageFile[] = [
  asset("index.html", frame),
  asset("icon.svg", icon),
  asset("page.css", style),
  asset("page.js", script),
];
