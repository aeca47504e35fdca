/**
 * Folders of encoders in Hugging Face's layout: which of their files are used, and what these say of how to
 * use them.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readFailure } from "../file_failure.ts";
import { isObject } from "../is_object.ts";
import { openRegularFile } from "../regular_file.ts";
import { DataError, UsageError } from "../../errors.ts";
import type { InputKind } from "./encoder.ts";
import { getAgain, readObject } from "./encoder_json.ts";
import { readModules, type SentenceModules } from "./sentence_modules.ts";

/** What the name of a file of weights ends in, by their type. */
const suffixes = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
} as const;

/** A type of weights. */
export type WeightType = keyof typeof suffixes;

/** All of them. */
export const weightTypes = Object.keys(suffixes) as WeightType[];

/** The files beside the weights that are used: those that have to be there, and those that may be. */
const filesOf: Readonly<Record<InputKind, { needed: string[]; further: string[] }>> = {
  text: {
    needed: ["config.json", "tokenizer.json", "tokenizer_config.json"],
    further: ["special_tokens_map.json", "sentence_bert_config.json", "modules.json"],
  },
  images: { needed: ["config.json", "preprocessor_config.json"], further: [] },
};

/** Weights of one side of two towers, such as CLIP's, come before those of all. */
const weightNames: Readonly<Record<InputKind, readonly string[]>> = {
  text: ["text_model", "model"],
  images: ["vision_model", "model"],
};

/** An encoder's folder. */
export interface EncoderFolder {
  /** Where it is. */
  readonly path: string;
  /** What it encodes. */
  readonly kind: InputKind;
  /** The type of its weights. */
  readonly weights: WeightType;
  /** The name of the weights' file, without type and ending. */
  readonly weightName: string;
  /** The folder in it that has the weights, or an empty text. */
  readonly subfolder: string;
  /** The weights' file, from the folder on. */
  readonly weightFile: string;
  /** Number of files with further weights, `NAME.onnx_data`. */
  readonly dataFiles: number;
  /** The SHA-256 of each file that is used, by its name. */
  readonly hashes: Readonly<Record<string, string>>;
  /** `config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What `modules.json` says, as sentence-transformers writes it; nothing where there is none. */
  readonly sentence?: SentenceModules;
  /** `preprocessor_config.json`, of images. */
  readonly preprocessor?: Readonly<Record<string, unknown>>;
  /** Tokens of a text at most, of texts. */
  readonly mostTokens?: number;
}

/**
 * Looks at a folder, and hashes its files.
 *
 * @param path The folder.
 * @param kind What is to be encoded.
 * @param weights The type of its weights.
 * @throws {DataError} It lacks a file, or one of them is not what it should be.
 * @throws {UsageError} It has weights of another type only.
 */
export async function readEncoderFolder(
  path: string,
  kind: InputKind,
  weights: WeightType,
): Promise<EncoderFolder> {
  const files = await listFiles(path);
  const { needed, further } = filesOf[kind];
  const found = weightsIn(files, kind, weights);
  const missing = needed.filter((name) => !files.includes(name));
  if (found === undefined || missing.length > 0) {
    if (missing.length === 0) refuseOtherType(path, files, kind, weights);
    const named = [...missing, ...found === undefined ? ["onnx/model.onnx"] : []];
    throw incomplete(path, kind, named, files);
  }
  const { weightName, subfolder, file } = found;
  const data = files.filter((name) => name.startsWith(`${file}_data`));
  const json = async (name: string) => await readObject(`${path}/${name}`);
  const modules = files.includes("modules.json") && kind === "text"
    ? await readModules(path, files)
    : undefined;
  const used = [...needed, ...further.filter((name) => files.includes(name)), file, ...data];
  if (modules?.file !== undefined) used.push(modules.file);
  const hashes: Record<string, string> = {};
  for (const name of used.toSorted()) hashes[name] = await hashOf(`${path}/${name}`);
  const config = await json("config.json");
  return {
    ...{ path, kind, weights, weightName, subfolder, weightFile: file, hashes, config },
    dataFiles: data.length,
    sentence: modules?.sentence,
    ...kind === "text" && { mostTokens: await mostTokensOf(config, files, json) },
    ...kind === "images" && { preprocessor: await readPreprocessor(path) },
  };
}

/** The names of the files in a folder and in its folders, as far as models have any. */
async function listFiles(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(path)) {
      // A folder that a program has downloaded may be made of symbolic links.
      const { isDirectory } = await Deno.stat(`${path}/${entry.name}`);
      if (!isDirectory) names.push(entry.name);
      else if (/^(?:onnx|\d_\w+)$/.test(entry.name)) {
        for await (const { name } of Deno.readDir(`${path}/${entry.name}`)) {
          names.push(`${entry.name}/${name}`);
        }
      }
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotADirectory) {
      throw new DataError(
        `Cannot use "${path}" as an encoder: it is a file, expected a folder`,
        layout,
      );
    }
    throw readFailure(path, error);
  }
  return names.sort();
}

const layout =
  "Name a folder in Hugging Face's layout, with config.json and onnx/model.onnx; docs/encoders.md " +
  "says how to get one";

/** The weights of a type, where there are any. */
function weightsIn(files: readonly string[], kind: InputKind, weights: WeightType) {
  for (const weightName of weightNames[kind]) {
    for (const subfolder of ["onnx", ""]) {
      const name = `${weightName}${suffixes[weights]}.onnx`;
      const file = subfolder === "" ? name : `${subfolder}/${name}`;
      if (files.includes(file)) return { weightName, subfolder, file };
    }
  }
  return undefined;
}

function refuseOtherType(
  path: string,
  files: readonly string[],
  kind: InputKind,
  weights: WeightType,
): void {
  const others = weightTypes.filter((type) => weightsIn(files, kind, type) !== undefined);
  if (others.length === 0) return;
  throw new UsageError(
    `Cannot use "${path}" with weights of type ${weights}: found ${others.join(", ")}`,
    ({ setting }) => `Name one of these: ${setting("weights", others[0])}`,
  );
}

function incomplete(
  path: string,
  kind: InputKind,
  missing: readonly string[],
  files: readonly string[],
): DataError {
  const few = files.slice(0, 8).join(", ") + (files.length > 8 ? ", …" : "");
  const whole = [...filesOf[kind].needed, "onnx/model.onnx"].join(", ");
  const tower = kind === "text" ? "text_model.onnx" : "vision_model.onnx";
  return new DataError(
    `Cannot use "${path}" as an encoder of ${kind === "text" ? "texts" : "images"}: it lacks ` +
      `${missing.join(", ")}; found ${few || "no files"}`,
    `A whole folder has ${whole} (or ${tower} in its place); docs/encoders.md says how to get one`,
  );
}

/** Some of what says how images are prepared; a file without any would have them taken as they are. */
const preparation = ["do_resize", "size", "crop_size", "do_rescale", "do_normalize", "image_mean"];

async function readPreprocessor(path: string): Promise<Readonly<Record<string, unknown>>> {
  const file = `${path}/preprocessor_config.json`;
  const contents = await readObject(file);
  if (preparation.some((key) => key in contents)) return contents;
  throw new DataError(
    `Cannot use "${file}": it does not say how images are prepared; expected some of ${
      preparation.join(", ")
    }`,
    getAgain,
  );
}

/** Tokens of a text at most: the least of what the files say. */
async function mostTokensOf(
  config: Readonly<Record<string, unknown>>,
  files: readonly string[],
  json: (name: string) => Promise<Readonly<Record<string, unknown>>>,
): Promise<number> {
  const inner = isObject(config.text_config) ? config.text_config : {};
  const tokenizer = await json("tokenizer_config.json");
  const sentence = files.includes("sentence_bert_config.json")
    ? await json("sentence_bert_config.json")
    : {};
  const said = [
    ...[tokenizer.model_max_length, sentence.max_seq_length],
    ...[config.max_position_embeddings, inner.max_position_embeddings],
  ];
  const numbers = said.filter((value) => typeof value === "number" && value >= 1);
  return Math.min(512, ...numbers as number[]);
}

/** The SHA-256 of a file, which is not to be empty, nor a mere pointer to one. */
async function hashOf(path: string): Promise<string> {
  using file = await openRegularFile(path);
  const hash = createHash("sha256");
  const block = new Uint8Array(1 << 20);
  const pointer = new TextEncoder().encode("version https://git-lfs");
  let first = true;
  try {
    for (let count; (count = await file.read(block)) !== null; first = false) {
      if (first && pointer.every((byte, n) => block[n] === byte)) throw lfsPointer(path);
      hash.update(block.subarray(0, count));
    }
  } catch (error) {
    throw readFailure(path, error);
  }
  if (first) throw new DataError(`Cannot use "${path}": it is empty`, getAgain);
  return hash.digest("hex");
}

function lfsPointer(path: string): DataError {
  return new DataError(
    `Cannot read "${path}": it is a Git LFS pointer, not the file`,
    "Fetch the file in its folder: git lfs pull",
  );
}
