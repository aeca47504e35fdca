/**
 * Lists of items, with pictures, scores and reasons.
 *
 * @module
 */
import { explanationView } from "./explanation_view.ts";
import { element } from "./dom.ts";
import { scoreText } from "./numbers.ts";
import type { PageData, RankedItems } from "./page_data.ts";
import type { Reason } from "./list_reasons.ts";

/** A list to be shown. */
export interface ShownList {
  /** The items, best first. */
  readonly items: RankedItems;
  /** The reason for an item, when it is asked for. */
  readonly reason: (item: number) => Promise<Reason>;
  /** The place of each item in the list beside it. */
  readonly beside?: ReadonlyMap<number, number>;
}

/** Shows items, wherever they stand. */
export class ItemViews {
  readonly #data: PageData;
  readonly #addressOf: (item: number) => string;

  /**
   * Shows nothing yet.
   *
   * @param data What the page knows.
   * @param addressOf The address of the view of an item.
   */
  constructor(data: PageData, addressOf: (item: number) => string) {
    this.#data = data;
    this.#addressOf = addressOf;
  }

  /**
   * The name of an item, which leads to it.
   *
   * @param item The item.
   */
  link(item: number): HTMLElement {
    return element("a", { href: this.#addressOf(item) }, this.#data.nameOf(item));
  }

  /**
   * The picture of an item; nothing where the dataset has none.
   *
   * @param item The item.
   */
  picture(item: number): HTMLElement | undefined {
    const address = this.#data.pictureOf(item);
    if (address === undefined) return undefined;
    // Its name stands beside it.
    const size = { width: "64", height: "64" };
    return element("img", { src: address, alt: "", loading: "lazy", ...size });
  }

  /**
   * Items one after the other, without scores.
   *
   * @param items The items.
   */
  plain(items: readonly number[]): HTMLElement {
    return element(
      "ul",
      { class: "plain" },
      ...items.map((item) => element("li", {}, this.picture(item), this.link(item))),
    );
  }

  /**
   * A list.
   *
   * @param shown What is in it.
   */
  list({ items, reason, beside }: ShownList): HTMLElement {
    const isNamed = this.#data.items.names !== undefined;
    return element(
      "ol",
      { class: "list" },
      ...items.map(({ item, score }) => {
        const place = beside?.get(item);
        const id = String(this.#data.items.ids[item]);
        return element(
          "li",
          {},
          this.picture(item),
          element(
            "div",
            { class: "item" },
            this.link(item),
            isNamed ? element("span", { class: "id" }, id) : undefined,
            element("span", { class: "score", title: "score" }, scoreText(score)),
            beside === undefined ? undefined : element(
              "span",
              { class: place === undefined ? "beside only" : "beside" },
              place === undefined ? "only here" : `there at ${place + 1}`,
            ),
            this.#reason(item, reason),
          ),
        );
      }),
    );
  }

  #reason(item: number, reason: (item: number) => Promise<Reason>): HTMLElement {
    const details = element(
      "details",
      {},
      element(
        "summary",
        {},
        "Why",
        element("span", { class: "hidden" }, ` ${this.#data.nameOf(item)}`),
      ),
    );
    let isShown = false;
    details.addEventListener("toggle", async () => {
      if (!details.open || isShown) return;
      isShown = true;
      try {
        const view = explanationView(await reason(item), (other) => this.link(other));
        details.append(view);
      } catch (error) {
        isShown = false;
        details.open = false;
        throw error;
      }
    });
    return details;
  }
}
