/**
 * The page: what the visitor chooses, and what is shown of it.
 *
 * @module
 */
import { byId, choice, element, toggle } from "./dom.ts";
import { addressOf, type Place, placeAt } from "./address.ts";
import { insideView } from "./inside_view.ts";
import { ListSource, type RankedList } from "./list_source.ts";
import { ItemViews } from "./list_view.ts";
import { counted } from "../../data/counts.ts";
import { PageData, type RankedItems } from "./page_data.ts";
import { type Reason, reasonOfSimilar, reasonOfUser } from "./list_reasons.ts";
import { searchBox } from "./search_box.ts";

/** More items of a history are shown when they are asked for. */
const fewItems = 12;

class Page {
  readonly #data: PageData;
  readonly #lists: ListSource;
  readonly #items: ItemViews;
  /** Counts what was asked for, so that an answer that comes late is left aside. */
  #asked = 0;

  constructor(data: PageData) {
    this.#data = data;
    this.#lists = new ListSource(data);
    this.#items = new ItemViews(
      data,
      (item) => this.#address({ view: "item", id: this.#id(item) }),
    );
  }

  start(): void {
    const { dataset } = this.#data.index;
    byId("title").textContent = `Bandpass · ${dataset}`;
    document.title = `${dataset} · Bandpass`;
    addEventListener("hashchange", () => this.#show(true));
    byId("skip").addEventListener("click", (event) => {
      // Its address is the place's.
      event.preventDefault();
      byId("content").focus();
    });
    this.#show(false);
  }

  get #place(): Place {
    return placeAt(location.hash);
  }

  /** The runs that are looked at: one, or two side by side. */
  get #runs(): number[] {
    const { runs } = this.#data.index;
    const { run, beside } = this.#place;
    const first = Math.max(0, runs.findIndex(({ name }) => name === run));
    const second = runs.findIndex(({ name }) => name === beside);
    return second === -1 || second === first ? [first] : [first, second];
  }

  #id(item: number): string {
    return String(this.#data.items.ids[item]);
  }

  #address(change: Partial<Place>): string {
    return addressOf({ ...this.#place, ...change });
  }

  #go(change: Partial<Place>): void {
    location.hash = this.#address(change);
  }

  async #show(isMoved: boolean): Promise<void> {
    const asked = ++this.#asked;
    const { view, id } = this.#place;
    this.#showFrame();
    byId("status").textContent = view === "user" || view === "item" ? "Ranking …" : "";
    const { shown, status } = await this.#view(view, id);
    if (asked !== this.#asked) return;
    byId("content").replaceChildren(shown);
    byId("status").textContent = status;
    if (isMoved) byId("content").focus({ preventScroll: true });
  }

  async #view(view: Place["view"], id: string): Promise<{ shown: Node; status: string }> {
    const { users, items, index } = this.#data;
    const runs = this.#runs;
    if (view === "inside") {
      return { shown: insideView(index, runs.map((run) => index.runs[run])), status: "" };
    }
    if (view === "start") return { shown: this.#startView(), status: "" };
    const place = (view === "user" ? users?.ids ?? [] : items.ids).findIndex((known) =>
      String(known) === id
    );
    if (place === -1) {
      const text = view === "user" && users === undefined
        ? "This page was made without users."
        : `There is no ${view} "${id}".`;
      return { shown: element("p", { class: "failure" }, text), status: "" };
    }
    return view === "user" ? await this.#userView(place) : await this.#itemView(place);
  }

  #showFrame(): void {
    const { index, users, items } = this.#data;
    const place = this.#place;
    const link = (text: string, change: Partial<Place>, isCurrent: boolean) =>
      element(
        "a",
        { href: this.#address(change), "aria-current": isCurrent ? "page" : undefined },
        text,
      );
    byId("views").replaceChildren(
      link("Lists", { view: "start", id: "" }, place.view !== "inside"),
      link("Bands", { view: "inside", id: "" }, place.view === "inside"),
    );
    // What the visitor is using stays as it is.
    if (byId("controls").childElementCount === 0) {
      const find = (
        view: "user" | "item",
        ids: readonly (string | number)[],
        names?: readonly string[],
      ) =>
        searchBox({
          label: `Find ${view === "user" ? "a user" : "an item"}`,
          things: ids.map((id, n) => ({ id: String(id), name: names?.[n] || String(id) })),
          onChoice: (n) => this.#go({ view, id: String(ids[n]) }),
        });
      byId("controls").append(
        ...users === undefined ? [] : [find("user", users.ids)],
        find("item", items.ids, items.names),
        ...this.#runControls(index.runs.map(({ name }) => name)),
      );
    }
    // Going back changes the address alone.
    const [run, beside = -1] = this.#runs;
    byId("controls").querySelectorAll("select")
      .forEach((select, n) => select.selectedIndex = n === 0 ? run : beside + 1);
  }

  #runControls(names: readonly string[]): HTMLElement[] {
    const controls: HTMLElement[] = [];
    if (names.length > 1) {
      controls.push(
        choice("Run", names, (n) => this.#go({ run: names[n] })),
        choice(
          "Beside",
          ["nothing", ...names],
          (n) => this.#go({ beside: n === 0 ? undefined : names[n - 1] }),
        ),
      );
    }
    if (this.#data.users !== undefined && this.#lists.hasDevice) {
      controls.push(toggle("Rank in this browser", this.#lists.isRankingHere, (isOn) => {
        this.#lists.isRankingHere = isOn;
        this.#show(false);
      }));
    }
    return controls;
  }

  #startView(): HTMLElement {
    const { index, items, users } = this.#data;
    const popular = items.counts.map((count, item) => ({ count, item }))
      .sort((a, b) => b.count - a.count || a.item - b.item)
      .slice(0, fewItems);
    return element(
      "section",
      {},
      element("h2", {}, "Lists, and the reasons for them"),
      element(
        "p",
        {},
        `${counted(items.ids.length, "item")}, ` +
          (users === undefined ? "" : `${counted(users.ids.length, "user")}, `) +
          `${counted(index.runs.length, "run")}. ` +
          (users === undefined
            ? "Find an item to see which others are similar to it; this page was made without users."
            : "Find a user to see what they are recommended, or an item to see which others are similar to it."),
      ),
      element("h3", {}, "Taken most often"),
      this.#items.plain(popular.map(({ item }) => item)),
    );
  }

  async #userView(user: number): Promise<{ shown: Node; status: string }> {
    const runs = this.#runs;
    const [history, ...lists] = await Promise.all([
      this.#data.history(user),
      ...runs.map((run) => this.#lists.list(run, user)),
    ]);
    const few = history.slice(0, fewItems);
    const more = history.slice(fewItems);
    const shown = element(
      "section",
      {},
      element("h2", {}, `User ${this.#data.users!.ids[user]}`),
      element("h3", {}, `Took ${counted(history.length, "item")}`),
      this.#items.plain(few),
      more.length === 0 ? undefined : element(
        "details",
        {},
        element("summary", {}, `${more.length} more`),
        this.#items.plain(more),
      ),
      this.#columns(
        "Recommended",
        lists.map(({ items }) => items),
        (run, item) => reasonOfUser(this.#data, run, user, item),
      ),
    );
    return { shown, status: this.#status(lists) };
  }

  async #itemView(item: number): Promise<{ shown: Node; status: string }> {
    const lists = await Promise.all(this.#runs.map((run) => this.#lists.similar(run, item)));
    const name = this.#data.nameOf(item);
    const id = this.#id(item);
    const shown = element(
      "section",
      {},
      element("h2", {}, this.#items.picture(item), name === id ? `Item ${id}` : name),
      element(
        "p",
        { class: "quiet" },
        name === id ? "" : `${id} · `,
        `taken by ${counted(this.#data.items.counts[item], "user")} in train`,
      ),
      this.#columns(
        "Similar",
        lists,
        (run, other) => reasonOfSimilar(this.#data, run, item, other),
      ),
    );
    return { shown, status: `${counted(lists[0].length, "similar item")}` };
  }

  #columns(
    title: string,
    lists: readonly RankedItems[],
    reason: (run: number, item: number) => Promise<Reason>,
  ): HTMLElement {
    const runs = this.#runs;
    return element(
      "div",
      { class: "columns" },
      ...runs.map((run, n) => {
        const other = lists[1 - n];
        return element(
          "section",
          {},
          element("h3", {}, `${title} by ${this.#data.index.runs[run].name}`),
          this.#items.list({
            items: lists[n],
            reason: (item) => reason(run, item),
            beside: runs.length === 1
              ? undefined
              : new Map(other.map(({ item }, place) => [item, place])),
          }),
        );
      }),
    );
  }

  #status(lists: readonly RankedList[]): string {
    const count = counted(lists[0].items.length, "item");
    const device = lists.find(({ device }) => device !== undefined)?.device;
    if (device !== undefined) return `${count}, ranked in this browser on ${device}.`;
    const { failure, hasDevice } = this.#lists;
    const why = failure !== undefined
      ? `this browser could not rank: ${failure}`
      : this.#data.index.runs[this.#runs[0]].rows === undefined
      ? "its model has no rows"
      : hasDevice
      ? undefined
      : "this browser has no WebGPU";
    const where = this.#data.index.isServed ? "by the server" : "beforehand";
    return `${count}, ranked ${where}${why === undefined ? "" : ` (${why})`}.`;
  }
}

/** What goes wrong anywhere is told where the visitor looks. */
function tell(error: unknown): void {
  byId("status").textContent = "";
  byId("content").replaceChildren(
    element("p", { class: "failure" }, error instanceof Error ? error.message : String(error)),
  );
}

addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  tell(event.reason);
});
try {
  new Page(await PageData.open()).start();
} catch (error) {
  tell(error);
}
