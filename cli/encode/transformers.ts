/**
 * The packages that run encoders, which no other command loads, and what is used of them.
 *
 * They are large, so that they are in no map of imports: what is not named where Deno looks for imports is
 * fetched by nobody but `fetch_packages.ts`.
 *
 * @module
 */
import { BandpassError } from "../../errors.ts";
import { programName } from "../common/program_name.ts";

/** The packages; `deno.lock` in this folder has the hashes of all that they need. */
export const encoderPackages = {
  transformers: "npm:@huggingface/transformers@4.3.1",
  sharp: "npm:sharp@0.35.5",
} as const;

/** Numbers of any dimensions. */
export interface Tensor {
  /** Its dimensions. */
  readonly dims: readonly number[];
  /** The type of its elements, such as `float32`. */
  readonly type: string;
  /** Its values, row-major. */
  readonly data: ArrayLike<number> | BigInt64Array;
}

/** What an encoder takes and gives, by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** An encoder in memory. */
export interface TransformersModel {
  (inputs: Tensors): Promise<Tensors>;
  /** What runs it. */
  readonly sessions: {
    readonly model: { readonly inputNames: string[]; readonly outputNames: string[] };
  };
}

/** Makes tokens of texts. */
export interface Tokenizer {
  (
    texts: readonly string[],
    options: { padding: true | "max_length"; truncation: true; max_length: number },
  ): Tensors;
  /** What fills shorter texts up. */
  readonly pad_token_id?: number | null;
}

/** An image in memory, `height×width×channels`. */
export interface RawImage {
  /** Its columns. */
  readonly width: number;
  /** Its rows. */
  readonly height: number;
  /** Its values. */
  readonly data: Uint8ClampedArray;
  /** Gives it another size. */
  resize(width: number, height: number, options: { resample?: number }): Promise<RawImage>;
}

/** Makes numbers of images. */
export interface ImageProcessor {
  (images: readonly RawImage[]): Promise<{ readonly pixel_values: Tensor }>;
  /** Whether it gives images another size. */
  readonly do_resize?: boolean;
  /** Whether it looks at their pixels before that. */
  readonly do_crop_margin?: boolean;
}

interface Loading {
  readonly dtype?: string;
  readonly device?: "cpu";
  readonly subfolder?: string;
  readonly model_file_name?: string;
  readonly use_external_data_format?: number;
}

interface Loader<T> {
  from_pretrained(name: string, options?: Loading): Promise<T>;
}

/** What is used of `@huggingface/transformers`. */
export interface Transformers {
  readonly env: {
    readonly version: string;
    readonly backends: { readonly onnx: { readonly versions: { readonly node: string } } };
    allowRemoteModels: boolean;
    useFSCache: boolean;
    logLevel: number;
  };
  readonly LogLevel: { readonly NONE: number };
  readonly AutoTokenizer: Loader<Tokenizer>;
  readonly AutoImageProcessor: Loader<ImageProcessor>;
  readonly PreTrainedModel: Loader<TransformersModel>;
  readonly RawImage: new (
    data: Uint8ClampedArray,
    width: number,
    height: number,
    channels: number,
  ) => RawImage;
  readonly cat: (tensors: readonly Tensor[], dimension: number) => Tensor;
}

/** An image that is being worked on. */
export interface SharpImage {
  metadata(): Promise<{
    readonly width: number;
    readonly height: number;
    readonly autoOrient: { readonly width: number; readonly height: number };
  }>;
  autoOrient(): SharpImage;
  flatten(options: { background: string }): SharpImage;
  toColourspace(space: string): SharpImage;
  resize(options: { width: number; height: number; fit: "fill"; kernel: string }): SharpImage;
  raw(options: { depth: "uchar" }): SharpImage;
  toBuffer(options: { resolveWithObject: true }): Promise<{
    readonly data: Uint8Array<ArrayBuffer>;
    readonly info: { readonly width: number; readonly height: number; readonly channels: number };
  }>;
}

/** What is used of `sharp`. */
export interface Sharp {
  (bytes: Uint8Array, options: { limitInputPixels: number | false; failOn: "error" }): SharpImage;
  readonly versions: { readonly sharp: string; readonly vips: string };
}

/** The packages, loaded. */
export interface EncoderLibraries {
  readonly transformers: Transformers;
  readonly sharp: Sharp;
}

/**
 * Loads the packages, which the launcher has fetched.
 *
 * @throws {BandpassError} They are not there.
 */
export async function importLibraries(): Promise<EncoderLibraries> {
  try {
    const { transformers, sharp } = encoderPackages;
    const library: Transformers = await import(transformers);
    return { transformers: library, sharp: (await import(sharp)).default };
  } catch (error) {
    throw new BandpassError(
      `Cannot load ${encoderPackages.transformers}: ${(error as Error).message.split("\n")[0]}`,
      `Start it by ${programName()}, which fetches the package and allows native libraries`,
    );
  }
}
