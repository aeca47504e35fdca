/**
 * What sentence-transformers writes of what comes after the encoder itself: `modules.json`, and the files that it
 * names.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { isObject } from "../is_object.ts";
import { getAgain, readJson, readObject } from "./encoder_json.ts";

/** What comes after the encoder itself in sentence-transformers. */
export interface SentenceModules {
  /** How it pools, such as `mean`; its own words where it is by something else. */
  readonly pooling?: string;
  /** Whether rows are scaled to length 1. */
  readonly normalise: boolean;
}

/** What of sentence-transformers is done here, after the encoder itself. */
const knownModules = ["Transformer", "Pooling", "Normalize"];

/**
 * Pooling and scaling by the files of sentence-transformers.
 *
 * @param path The encoder's folder.
 * @param files The files in it.
 * @returns What they say, and the file that says how to pool, where it is there.
 * @throws {DataError} A file cannot be read.
 */
export async function readModules(path: string, files: readonly string[]) {
  const modules = await readJson(`${path}/modules.json`);
  if (!Array.isArray(modules)) {
    throw new DataError(`Cannot read "${path}/modules.json": found no list of modules`, getAgain);
  }
  const named = modules.filter(isObject).map((module) => ({
    folder: String(module.path),
    type: String(module.type).replace(/^.*\./, ""),
  }));
  const normalise = named.some(({ type }) => type === "Normalize");
  const others = named.map(({ type }) => type).filter((type) => !knownModules.includes(type));
  const pooled = named.find(({ type }) => type === "Pooling");
  const file = pooled && `${pooled.folder}/config.json`;
  const isThere = file !== undefined && files.includes(file);
  let pooling = isThere ? poolingIn(await readObject(`${path}/${file}`)) : undefined;
  if (file !== undefined && !isThere) pooling = `what is in ${file}, which is not there`;
  // What is not done must not go unnoticed: it makes other vectors of those that are pooled.
  if (others.length > 0) pooling = `${pooling ?? "mean"} and then ${others.join(", ")}`;
  return { sentence: { pooling, normalise }, file: isThere ? file : undefined };
}

function poolingIn(config: Readonly<Record<string, unknown>>): string {
  const modes = Object.keys(config).filter((key) =>
    key.startsWith("pooling_mode_") && config[key] === true
  );
  const names = modes.map((mode) => mode.replace(/^pooling_mode_(.*?)(_tokens?)?$/, "$1"));
  return names.length > 0 ? names.join("+") : String(config.pooling_mode ?? "mean");
}
