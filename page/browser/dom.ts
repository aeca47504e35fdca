/**
 * Elements of the page. Texts are texts everywhere: whatever an id or a name holds, nothing reads it as HTML.
 *
 * @module
 */
import { printable } from "../../errors.ts";

/** What stands in an element. */
export type Child = Node | string | undefined;

/**
 * An element.
 *
 * @param name Its name, such as `p`.
 * @param attributes Its attributes; those without a value are left out.
 * @param children What stands in it.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

/**
 * An element of a drawing.
 *
 * @param name Its name, such as `path`.
 * @param attributes Its attributes; those without a value are left out.
 * @param children What stands in it.
 */
export function drawn<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | undefined>>,
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

/**
 * An element of the page's frame.
 *
 * @param id Its id.
 */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no "${id}"`);
  return found;
}

/**
 * A choice among texts, with a label.
 *
 * @param label What is chosen.
 * @param choices The texts.
 * @param onChange Told of another choice.
 */
export function choice(
  label: string,
  choices: readonly string[],
  onChange: (choice: number) => void,
): HTMLElement {
  const select = element(
    "select",
    {},
    ...choices.map((text, n) => element("option", { value: String(n) }, text)),
  );
  select.addEventListener("change", () => onChange(select.selectedIndex));
  return element("label", { class: "control" }, `${label} `, select);
}

/**
 * A switch, with a label.
 *
 * @param label What it switches on.
 * @param isOn Whether it is on.
 * @param onChange Told when it is switched.
 */
export function toggle(
  label: string,
  isOn: boolean,
  onChange: (isOn: boolean) => void,
): HTMLElement {
  const box = element("input", { type: "checkbox" });
  box.checked = isOn;
  box.addEventListener("change", () => onChange(box.checked));
  return element("label", { class: "control" }, box, ` ${label}`);
}

function filled<Made extends Element>(
  made: Made,
  attributes: Readonly<Record<string, string | undefined>>,
  children: readonly Child[],
): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  for (const child of children) {
    // What turns the direction of writing is written out, as in reports.
    if (child !== undefined) made.append(typeof child === "string" ? printable(child) : child);
  }
  return made;
}
