/**
 * Studies that users declare, as JSON (docs/lab.md, "Studies").
 *
 * @module
 */
import { basename } from "node:path";
import { readTextStream } from "../../data/regular_file.ts";
import { parseWrittenJson } from "../../data/written_json.ts";
import type { SomeSettings } from "../../models/search.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";
import { Declared } from "./declared.ts";
import { mostEpochs, mostSeeds, type Study, type Variant } from "./study.ts";
import { declaredTransformation } from "./transformation_file.ts";

const example = '{"model": "smore", "vary": {"dim": [16, 32]}}';

/**
 * Reads a study. It is called after its file.
 *
 * @param path The file.
 * @throws {DataError} It cannot be read, or is not of this form.
 */
export async function readStudyFile(path: string): Promise<Study> {
  return parseStudyFile(await readTextStream(path, mostConfigBytes), path);
}

/**
 * The study that a file declares.
 *
 * @param text The file's text.
 * @param path The file, for its name and for messages.
 * @throws {DataError} It is not of this form.
 * @example
 * ```ts
 * import { parseStudyFile } from "./study_file.ts";
 * parseStudyFile('{"model": "bpr", "vary": {"dim": [8, 16]}}', "width.json").name; // "width"
 * ```
 */
export function parseStudyFile(text: string, path: string): Study {
  const contents = parseWrittenJson(text, `"${path}"`, `Write for example ${example}`);
  const file = new Declared(path, "the file", contents, [
    ...["question", "model", "datasets", "settings", "epochs", "seeds"],
    ...["variants", "vary", "axes"],
  ]);
  const name = basename(path).replace(/\.json$/, "");
  const settings = file.settings("settings");
  const variants = variantsIn(file);
  const axes = file.object("axes", ["x", "y"]);
  const [varied] = Object.keys(file.settingLists("vary"));
  return {
    name,
    question: file.text("question") ?? `What do the variants of "${name}" change?`,
    model: file.text("model") ?? "ssr",
    settings: () => settings,
    datasets: file.texts("datasets") ?? ["sample"],
    epochs: file.integer("epochs", 1, mostEpochs) ?? 8,
    seeds: file.integer("seeds", 1, mostSeeds) ?? 3,
    axes: { x: axes?.text("x") ?? varied ?? "variant", y: axes?.text("y") ?? "recall@20" },
    gridOf: () => ({ variants }),
  };
}

/** The variants that are listed, or all combinations of the values that settings are to take. */
function variantsIn(file: Declared): Variant[] {
  const listed = file.objects("variants", [
    ...["name", "baseline", "model", "settings", "data", "series", "x"],
  ]);
  const vary = file.settingLists("vary");
  const isVaried = Object.keys(vary).length > 0;
  if ((listed === undefined) !== isVaried) {
    throw file.refused(
      isVaried ? 'has both "variants" and "vary"' : 'has neither "variants" nor "vary"',
      `Write for example ${example}`,
    );
  }
  const variants = listed === undefined ? combinations(vary) : listed.map(variantIn);
  const names = variants.map(({ name }) => name);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) {
    throw file.refused(`has the variant "${twice}" twice`, "Give each a name of its own");
  }
  for (const { name, baseline } of variants) {
    if (baseline === undefined || names.includes(baseline)) continue;
    throw file.refused(
      `compares the variant "${name}" with "${baseline}", which there is not`,
      `The variants are ${names.map((one) => `"${one}"`).join(", ")}`,
    );
  }
  return variants;
}

function variantIn(declared: Declared): Variant {
  const name = declared.text("name");
  if (name === undefined) throw declared.refused("has no name", 'Give it a "name"');
  return {
    ...defined({
      name,
      baseline: declared.text("baseline"),
      model: declared.text("model"),
      series: declared.text("series"),
      x: declared.number("x"),
      data: declaredTransformation(declared, "data"),
    }),
    settings: declared.settings("settings"),
  } as Variant;
}

/** What is said, without the rest. */
function defined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** A variant for each combination; the first setting is x where its values are numbers, the others are a series. */
function combinations(vary: Readonly<Record<string, readonly unknown[]>>): Variant[] {
  const keys = Object.keys(vary);
  const all = keys.reduce<SomeSettings[]>(
    (some, key) =>
      some.flatMap((settings) =>
        vary[key].map((value) => ({ ...settings, [key]: value as SomeSettings[string] }))
      ),
    [{}],
  );
  return all.map((settings) => {
    const words = keys.map((key) => `${key}=${settings[key]}`);
    const first = settings[keys[0]];
    return {
      name: words.join(", "),
      settings,
      ...typeof first === "number" && { x: first },
      ...words.length > 1 && { series: words.slice(1).join(", ") },
    };
  });
}
