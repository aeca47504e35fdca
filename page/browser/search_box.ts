/**
 * A field to search in, with what is found below it: a combobox as WAI-ARIA's patterns describe it.
 *
 * @module
 */
import { element } from "./dom.ts";
import { type Findable, findNames } from "./name_search.ts";

/** What is searched for. */
export interface SearchBox {
  /** What the field is called, such as `Find a user`. */
  readonly label: string;
  /** What there is. */
  readonly things: readonly Findable[];
  /** Told what was chosen: its place. */
  readonly onChoice: (place: number) => void;
}

/** How many are shown at most. */
const most = 12;

let boxes = 0;

/**
 * The field.
 *
 * @param box What is searched for.
 */
export function searchBox({ label, things, onChoice }: SearchBox): HTMLElement {
  const id = `search-${boxes++}`;
  const input = element("input", {
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
  });
  const list = element("ul", { id: `${id}-list`, role: "listbox", "aria-label": label });
  list.hidden = true;
  let found: number[] = [];
  let active = -1;

  const mark = (place: number) => {
    active = place;
    [...list.children].forEach((option, n) => {
      option.setAttribute("aria-selected", String(n === active));
      if (n === active) option.scrollIntoView({ block: "nearest" });
    });
    if (active === -1) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${id}-${active}`);
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const choose = (n: number) => {
    input.value = things[found[n]].name;
    close();
    onChoice(found[n]);
  };
  const open = () => {
    found = findNames(things, input.value, most);
    const isNothing = found.length === 0 && input.value.trim() !== "";
    list.replaceChildren(
      ...found.map((place, n) => option(things[place], `${id}-${n}`, () => choose(n))),
      ...isNothing ? [element("li", { class: "none", role: "presentation" }, "Nothing found")] : [],
    );
    list.hidden = list.children.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };

  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (event.key === "Enter") {
      if (list.hidden) open();
      // Whoever typed an id whole need choose nothing.
      if (found.length > 0) choose(Math.max(0, active));
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open();
      if (found.length === 0) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(
        active === -1 && step === -1
          ? found.length - 1
          : (active + step + found.length) % found.length,
      );
    } else return;
    event.preventDefault();
  });
  return element("div", { class: "search" }, element("label", { for: id }, label), input, list);
}

function option({ id: own, name }: Findable, id: string, onChoice: () => void): HTMLElement {
  const isNamed = name !== own;
  const shown = element(
    "li",
    { id, role: "option", "aria-selected": "false" },
    element("span", { class: isNamed ? "name" : "id" }, name),
    isNamed ? element("span", { class: "id" }, ` ${own}`) : undefined,
  );
  // Before the field loses its focus, which would close the list.
  shown.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    onChoice();
  });
  return shown;
}
