/**
 * Encoders of texts and of images, by `@huggingface/transformers`.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Encoder, InputKind } from "../../data/encode/encoder.ts";
import type { EncoderFolder } from "../../data/encode/encoder_folder.ts";
import { normaliseRows, pool, type Pooling, requireFinite } from "../../data/encode/pooling.ts";
import { BandpassError, DataError, UsageError } from "../../errors.ts";
import { excerpt } from "../../data/excerpt.ts";
import { imagePreparer } from "./image_preparer.ts";
import type {
  EncoderLibraries,
  Tensor,
  Tensors,
  Transformers,
  TransformersModel,
} from "./transformers.ts";

/** What the user chose; what is left out follows from the folder. */
export interface EncoderChoice {
  /** How tokens are pooled. */
  readonly pooling?: Pooling;
  /** Whether rows are scaled to length 1. */
  readonly normalise?: boolean;
  /** The output that is used. */
  readonly output?: string;
  /** What comes before each text. */
  readonly prefix?: string;
  /** Inputs that are taken together. */
  readonly batch?: number;
}

/** Outputs that are one row an input come before those that have to be pooled. */
const preferredOutputs: Readonly<Record<InputKind, Readonly<Record<string, readonly string[]>>>> = {
  text: {
    text_model: ["text_embeds", "pooler_output", "last_hidden_state"],
    model: ["sentence_embedding", "text_embeds", "last_hidden_state", "token_embeddings"],
  },
  images: {
    vision_model: ["image_embeds", "pooler_output", "last_hidden_state"],
    model: ["image_embeds", "pooler_output", "last_hidden_state", "logits"],
  },
};

const defaultBatch: Readonly<Record<InputKind, number>> = { text: 32, images: 16 };

/**
 * Loads an encoder.
 *
 * @param folder Its folder.
 * @param choice What the user chose.
 * @param libraries The packages.
 * @throws {DataError} It cannot be loaded.
 * @throws {UsageError} It does not have the output, or its pooling is not known.
 */
export async function loadEncoder(
  folder: EncoderFolder,
  choice: EncoderChoice,
  libraries: EncoderLibraries,
): Promise<Encoder<unknown>> {
  const { transformers, sharp } = libraries;
  const { env } = transformers;
  // A name without a slash is looked up as one of the hub, which may not have a space or two dots in it.
  const name = resolve(folder.path);
  env.allowRemoteModels = false;
  env.useFSCache = false;
  // What fails is told here; the library would print the inputs besides.
  env.logLevel = transformers.LogLevel.NONE;
  const loading = async <T>(what: string, load: Promise<T>) =>
    await load.catch((error: Error) => {
      throw loadingFailure(folder, what, error);
    });
  const model = await loading(
    "weights",
    transformers.PreTrainedModel.from_pretrained(name, {
      dtype: folder.weights,
      device: "cpu",
      subfolder: folder.subfolder,
      model_file_name: folder.weightName,
      use_external_data_format: folder.dataFiles,
    }),
  );
  const output = outputOf(folder, model, choice.output);
  const pooling = poolingOf(folder, output, choice.pooling);
  const normalise = choice.normalise ?? folder.sentence?.normalise ?? false;
  const batch = choice.batch ?? defaultBatch[folder.kind];
  const identity = {
    kind: folder.kind,
    weights: folder.weights,
    ...{ output, token_pooling: pooling, normalise },
    ...folder.kind === "text"
      ? { most_tokens: folder.mostTokens, prefix: choice.prefix }
      : { preprocessor: folder.preprocessor },
    files: folder.hashes,
    versions: {
      transformers: env.version,
      onnxruntime: env.backends.onnx.versions.node,
      ...folder.kind === "images" && { sharp: sharp.versions.sharp, libvips: sharp.versions.vips },
    },
  };
  const rows = (values: Tensors, inputs: number, mask?: Tensor) =>
    rowsOf(values, output, inputs, pooling, normalise, mask);
  if (folder.kind === "text") {
    const tokenizer = await loading(
      "tokenizer",
      transformers.AutoTokenizer.from_pretrained(name),
    );
    if (tokenizer.pad_token_id === undefined || tokenizer.pad_token_id === null) {
      throw new DataError(
        `Cannot use the tokenizer of "${folder.path}": it has no token that pads texts to one length`,
        'Name one in its tokenizer_config.json, such as "pad_token": "[PAD]"',
      );
    }
    // SigLIP was trained on texts of one length, without a mask.
    const isFixed = String(folder.config.model_type).startsWith("siglip");
    const decoder = new TextDecoder();
    const textEncoder: Encoder<string> = {
      ...{ identity, batch },
      prepare: (bytes) => Promise.resolve(`${choice.prefix ?? ""}${decoder.decode(bytes)}`),
      async encode(texts) {
        const inputs = tokenizer(texts, {
          padding: isFixed ? "max_length" : true,
          truncation: true,
          max_length: folder.mostTokens!,
        });
        const { attention_mask: mask } = inputs;
        return rows(await run(model, inputs), texts.length, mask);
      },
    };
    return textEncoder as Encoder<unknown>;
  }
  const processor = await loading(
    "preprocessor",
    transformers.AutoImageProcessor.from_pretrained(name),
  );
  const prepare = imagePreparer(processor, libraries);
  const imageEncoder: Encoder<Tensor> = {
    ...{ identity, batch, prepare },
    async encode(images) {
      const pixels = stacked(images, transformers);
      return rows(await run(model, { pixel_values: pixels }), images.length);
    },
  };
  return imageEncoder as Encoder<unknown>;
}

/** Why something cannot be loaded; what is no model of ONNX was mostly cut off when it was downloaded. */
function loadingFailure({ path, weightFile }: EncoderFolder, what: string, error: Error) {
  if (/Protobuf parsing failed|does not have a graph/.test(error.message)) {
    return new DataError(
      `Cannot load the weights "${path}/${weightFile}": found no whole model of ONNX, expected one; the ` +
        "file was cut off, or is another one",
      "Download it again from where the encoder is from",
    );
  }
  return new DataError(
    `Cannot load the ${what} of "${path}": ${reasonIn(error)}`,
    "Check that its files are whole and of one encoder; docs/encoders.md names some that work",
  );
}

/** The output that is used. */
function outputOf(
  { path, kind, weightName }: EncoderFolder,
  model: TransformersModel,
  wanted: string | undefined,
): string {
  const { outputNames } = model.sessions.model;
  const known = preferredOutputs[kind][weightName];
  const found = wanted === undefined
    ? known.find((name) => outputNames.includes(name)) ??
      (outputNames.length === 1 ? outputNames[0] : undefined)
    : outputNames.find((name) => name === wanted);
  if (found !== undefined) return found;
  throw new UsageError(
    wanted === undefined
      ? `Cannot tell which output of "${path}" to use: found ${outputNames.join(", ")}`
      : `Cannot use --output "${wanted}" of "${path}": found ${outputNames.join(", ")}`,
    ({ setting }) => `Name one of these: ${setting("output", outputNames[0])}`,
  );
}

/** How tokens are pooled: images by the first unless it is said otherwise, texts by their mean. */
function poolingOf(
  { path, kind, sentence }: EncoderFolder,
  output: string,
  wanted?: Pooling,
): Pooling {
  // What sentence-transformers does to tokens is in the weights of such an output.
  const inFiles = output === "sentence_embedding" ? undefined : sentence?.pooling;
  const said = wanted ?? inFiles ?? (kind === "text" ? "mean" : "cls");
  if (said === "mean" || said === "cls") return said;
  throw new UsageError(
    `Cannot pool as "${path}" says: by ${said}, expected mean or cls`,
    ({ setting }) => `Choose one of these: ${setting("pooling", "mean")}`,
  );
}

/** Images of one size, together. */
function stacked(images: readonly Tensor[], { cat }: Transformers): Tensor {
  const sizes = new Set(images.map(({ dims }) => dims.slice(1).join("×")));
  if (sizes.size === 1) return cat(images, 0);
  throw new DataError(
    `Cannot encode images together: the preprocessor made them ${[...sizes].join(" and ")}, ` +
      "expected one size",
    'Give its preprocessor_config.json a "crop_size", or a "size" with height and width',
  );
}

async function run(model: TransformersModel, inputs: Tensors): Promise<Tensors> {
  try {
    return await model(inputs);
  } catch (error) {
    const { inputNames } = model.sessions.model;
    const given = Object.entries(inputs).map(([name, { dims }]) => `${name} (${dims.join(", ")})`);
    const isAll = inputNames.every((name) => name in inputs);
    throw new BandpassError(
      `The encoder failed: ${reasonIn(error as Error)}`,
      ({ setting }) =>
        `It takes ${inputNames.join(", ")}, and was given ${given.join(", ")}: ` +
        (isAll ? `use ${setting("batch", "1")} if it takes one input at a time, or ` : "") +
        "try another encoder",
    );
  }
}

function rowsOf(
  tensors: Tensors,
  output: string,
  inputs: number,
  pooling: Pooling,
  normalise: boolean,
  mask?: Tensor,
): Float32Array<ArrayBuffer> {
  const { dims, type, data } = tensors[output];
  if (type !== "float32" && type !== "float16") {
    throw new DataError(
      `Cannot use the output "${output}" of the encoder: found ${type}, expected float32 or float16`,
      ({ setting }) => `Choose another output of it: ${setting("output", "NAME")}`,
    );
  }
  const values = data instanceof Uint16Array ? new Float16Array(data.buffer) : data;
  const rows = pool(
    { name: output, dims, values: values as ArrayLike<number> },
    inputs,
    pooling,
    mask?.data,
  );
  requireFinite(rows, output);
  if (normalise) normaliseRows(rows, rows.length / inputs);
  return rows;
}

/** What a library says, on one line. */
const reasonIn = (error: Error) => excerpt(error.message.trim().replace(/\s*\n\s*/g, "; "), 300);
