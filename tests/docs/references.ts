/**
 * References to documents and to their sections, in comments and in Markdown, that lead nowhere.
 *
 * A document is named by its path from the file that names it, from the root, or from `docs/`. Behind
 * it may stand a section of it (`methods.md, §4 a to c`, `§5, stage 1`, `§3, steps 1 to 3`), a trap
 * (`webgpu.md, traps 1 and 5`), or a heading in quotation marks.
 *
 * @module
 */
import { dirname, join } from "node:path/posix";

/** The places of a document that can be referred to. */
interface Outline {
  /** Titles of its headings, in small letters and without their numbers. */
  readonly titles: ReadonlySet<string>;
  /** Anchors of its headings, as Markdown's links name them. */
  readonly anchors: ReadonlySet<string>;
  /** Its sections, such as `"§4"`, `"§4 d"`, `"§5 stage 1"`, `"§3 step 2"` and `"trap 5"`. */
  readonly places: ReadonlySet<string>;
}

/**
 * All references that lead nowhere, a line each, with their file and line.
 *
 * @param files The text of each file by its path from the root; no text of those that are no text.
 */
export function brokenReferences(files: ReadonlyMap<string, string>): string[] {
  const outlines = new Map(
    Array.from(files).filter(([path]) => path.endsWith(".md"))
      .map(([path, text]) => [path, outlineOf(text)]),
  );
  return Array.from(files).flatMap(([path, text]) => {
    const all = [
      ...namedDocuments(path, text, outlines),
      ...path.endsWith(".md") ? links(path, text, files, outlines) : [],
    ];
    return all.map(({ at, problem }) =>
      `${path}:${text.slice(0, at).split("\n").length} ${problem}`
    );
  });
}

/** A reference that leads nowhere, and where its text begins. */
interface Broken {
  readonly at: number;
  readonly problem: string;
}

function outlineOf(text: string): Outline {
  const [titles, anchors, places] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let section = "";
  let isList = false;
  for (const line of text.replaceAll(/^```[^]*?^```/gm, "").split("\n")) {
    const heading = /^(#+) (?:(\d+|[a-z])\. )?(.*)$/.exec(line);
    if (heading === null) {
      const step = /^(\d+)\. /.exec(line);
      if (step !== null && isList) places.add(`${section}step ${step[1]}`);
      continue;
    }
    const [, level, number, title] = heading;
    const name = number === undefined ? title : `${number}. ${title}`;
    titles.add(title.toLowerCase());
    anchors.add(name.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-"));
    isList = level === "##";
    if (isList) section = number === undefined ? "" : `§${number} `;
    if (number !== undefined) places.add(isList ? `§${number}` : `${section}${number}`);
    const named = /^(stage|step|trap) (\d+)\b/i.exec(title);
    if (named !== null) places.add(`${section}${named[1].toLowerCase()} ${named[2]}`);
  }
  return { titles, anchors, places };
}

/** What commands write, and no repository has. */
const written = /^\/?reading\.md$/;

function* namedDocuments(
  path: string,
  text: string,
  outlines: ReadonlyMap<string, Outline>,
): Generator<Broken> {
  // Comments go on in the next line behind its mark.
  const joined = text.replaceAll(/\n[ \t]*(?:\*|\/\/|#)?/g, (mark) => " ".repeat(mark.length));
  for (const { 0: name, index: at } of joined.matchAll(/[\w./:-]*[\w-]\.md\b/g)) {
    if (name.includes("://") || written.test(name)) continue;
    const document = ["docs", "", dirname(path)].map((folder) => join(folder, name))
      .find((candidate) => outlines.has(candidate));
    if (document === undefined) {
      yield { at, problem: `refers to "${name}", which is not in the repository` };
      continue;
    }
    const { places, titles } = outlines.get(document)!;
    for (const place of placesBehind(joined, at + name.length)) {
      const isThere = place.startsWith('"')
        ? titles.has(place.slice(1, -1).toLowerCase())
        : places.has(place);
      if (!isThere) yield { at, problem: `refers to ${place} of ${document}, which it has not` };
    }
  }
}

/** The places that the text behind the name of a document refers to. */
function placesBehind(text: string, from: number): string[] {
  let at = from;
  const take = (pattern: RegExp) => {
    const found = new RegExp(pattern, "y");
    found.lastIndex = at;
    const match = found.exec(text);
    if (match !== null) at = found.lastIndex;
    return match;
  };
  const places = [...traps(take), ...sections(take)];
  const title = take(/`?,\s+("[^"]+")/);
  return title === null ? places : [...places, title[1].replaceAll(/\s+/g, " ")];
}

/** Takes what a pattern finds at the place where the last one ended. */
type Take = (pattern: RegExp) => RegExpExecArray | null;

function traps(take: Take): string[] {
  const found = take(/[`),(\s]*traps?\s+(\d+)(?:\s+(and|to)\s+(\d+))?/);
  if (found === null) return [];
  return between(found[1], found[2], found[3]).map((trap) => `trap ${trap}`);
}

function sections(take: Take): string[] {
  const places: string[] = [];
  for (let and = "[`),(\\s]*"; true; and = "(?:,|\\s+and)\\s+") {
    const section = take(new RegExp(`${and}§(\\d+)(?:(–)(\\d+))?`));
    if (section === null) return places;
    const numbers = between(section[1], section[2], section[3]).map((one) => `§${one}`);
    places.push(...numbers);
    const letters = take(/\s+([a-z])(?:\s+(to|and)\s+([a-z]))?(?![\w'])/);
    if (letters !== null) {
      places.push(
        ...between(letters[1], letters[2], letters[3]).map((one) => `${numbers[0]} ${one}`),
      );
    }
    const parts = take(/,\s+(step|stage)s?\s+(\d+)(?:\s+(and|to)\s+(\d+))?/);
    if (parts !== null) {
      places.push(
        ...between(parts[2], parts[3], parts[4]).map((one) => `${numbers[0]} ${parts[1]} ${one}`),
      );
    }
  }
}

/** `first`, or `first and last`, or all from one to the other; numbers or letters. */
function between(first: string, word: string | undefined, last: string | undefined): string[] {
  if (last === undefined) return [first];
  if (word === "and") return [first, last];
  if (/\d/.test(first)) {
    const [from, to] = [Number(first), Number(last)];
    return Array.from({ length: to - from + 1 }, (_, n) => String(from + n));
  }
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
  return Array.from({ length: to - from + 1 }, (_, n) => String.fromCharCode(from + n));
}

/** Markdown's links to files and headings. */
function* links(
  path: string,
  text: string,
  files: ReadonlyMap<string, string>,
  outlines: ReadonlyMap<string, Outline>,
): Generator<Broken> {
  for (const { 1: target, index: at } of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(?:https?|mailto):/.test(target)) continue;
    const [file, anchor] = target.split("#");
    const to = file === "" ? path : join(dirname(path), file).replace(/\/$/, "");
    const isFolder = Array.from(files.keys()).some((other) => other.startsWith(`${to}/`));
    if (!files.has(to) && !isFolder) {
      yield { at, problem: `links to "${target}", which is not in the repository` };
    } else if (anchor !== undefined && !outlines.get(to)?.anchors.has(anchor)) {
      yield { at, problem: `links to "${target}", but ${to} has no such heading` };
    }
  }
}
