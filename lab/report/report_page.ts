/**
 * The page of a report, as it is built: a document in memory, and what draws in it.
 *
 * All text goes into text nodes and attributes, which escape it: names of runs, datasets and settings are the user's,
 * and may hold anything.
 *
 * @module
 */
import type { PlotOptions } from "@observablehq/plot";
import { printable } from "../../errors.ts";
import style from "./report.css" with { type: "text" };

/** An element of the page. */
export interface PageElement {
  /** Appends elements, and texts as text. */
  append(...children: (PageElement | string)[]): void;
  /** Puts elements and texts before all others. */
  prepend(...children: (PageElement | string)[]): void;
  /** Sets an attribute. */
  setAttribute(name: string, value: string): void;
}

/** What stands in an element: `undefined` for nothing. */
export type PageChild = PageElement | string | undefined;

/** A document, as far as a report needs it. */
interface PageDocument {
  createElement(name: string): PageElement;
  createElementNS(namespace: string, name: string): PageElement;
  readonly head: PageElement;
  readonly body: PageElement;
  toString(): string;
}

/** A report loads nothing, runs nothing and sends nothing; its pictures are in it. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
  "base-uri 'none'; form-action 'none'";

const svg = "http://www.w3.org/2000/svg";

/** Makes the elements of a report. */
export class ReportPage {
  readonly #document: PageDocument;
  #ids = 0;

  private constructor(
    document: PageDocument,
    /** Observable Plot. */
    readonly plot: typeof import("@observablehq/plot"),
  ) {
    this.#document = document;
  }

  /**
   * A page with a title and nothing in it.
   *
   * What draws is loaded here, so that whoever writes no report never waits for it.
   *
   * @param title The title.
   * @param furtherStyle Rules of CSS beside those of all reports (default: none).
   */
  static async open(title: string, furtherStyle = ""): Promise<ReportPage> {
    const [plot, { parseHTML }] = await Promise.all([
      import("@observablehq/plot"),
      import("linkedom"),
    ]);
    const { document } = parseHTML(
      '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
        '<meta name="viewport" content="width=device-width, initial-scale=1">' +
        '<meta name="color-scheme" content="light dark">' +
        `<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">` +
        "</head><body></body></html>",
    ) as unknown as { document: PageDocument };
    const page = new ReportPage(document, plot);
    // The one element with the user's words that linkedom writes as they are.
    const escaped = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    document.head.append(
      page.element("title", {}, escaped),
      page.element("style", {}, style + furtherStyle),
    );
    return page;
  }

  /** What Plot draws in. */
  get document(): PlotOptions["document"] {
    return this.#document as unknown as PlotOptions["document"];
  }

  /** Where everything goes. */
  get body(): PageElement {
    return this.#document.body;
  }

  /**
   * An element.
   *
   * @param name Its name, such as `p`.
   * @param attributes Its attributes.
   * @param children What stands in it; texts are shown as they are, whatever they hold.
   */
  element(
    name: string,
    attributes: Readonly<Record<string, string>> = {},
    ...children: readonly PageChild[]
  ): PageElement {
    return filled(this.#document.createElement(name), attributes, children);
  }

  /**
   * An element of an image.
   *
   * @param name Its name, such as `title`.
   * @param attributes Its attributes.
   * @param children What stands in it.
   */
  imageElement(
    name: string,
    attributes: Readonly<Record<string, string>>,
    ...children: readonly PageChild[]
  ): PageElement {
    return filled(this.#document.createElementNS(svg, name), attributes, children);
  }

  /** An id that no other element of the page has. */
  nextId(): string {
    return `r${++this.#ids}`;
  }

  /** The whole file. */
  toString(): string {
    return `${this.#document.toString()}\n`;
  }
}

function filled(
  element: PageElement,
  attributes: Readonly<Record<string, string>>,
  children: readonly PageChild[],
): PageElement {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, printable(value));
  }
  for (const child of children) {
    if (child !== undefined) element.append(typeof child === "string" ? printable(child) : child);
  }
  return element;
}
