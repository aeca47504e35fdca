/**
 * `--features NAME=FILE`, `--text NAME=FILE:COLUMN`, `--images NAME=FOLDER`, `--encode NAME=FOLDER` and
 * `--meta FILE` of `preprocess`.
 *
 * @module
 */
import type { FeatureSource } from "../../data/ingest/item_features.ts";
import type { TextSource } from "../../data/ingest/item_texts.ts";
import type { MetaSource } from "../../data/ingest/meta_rows.ts";
import { UsageError } from "../../errors.ts";
import { featureParts, namedParts, tableParts, textParts } from "../common/path_forms.ts";
import { userPath } from "../common/paths.ts";
import { type EncodeSource, imagesOption } from "../encode/encode_options.ts";

/**
 * Adds a `--features` to those before it.
 *
 * @param text `NAME=FILE`, or `NAME=FILE.npy#IDS`.
 * @param before Those before it.
 * @throws {UsageError} It has another form.
 * @example
 * ```ts
 * import { collectFeatures } from "./modality_options.ts";
 * collectFeatures("image=/tmp/image.npy#/tmp/ids.csv")[0].idPath; // "/tmp/ids.csv"
 * ```
 */
export function collectFeatures(
  text: string,
  before: readonly FeatureSource[] = [],
): FeatureSource[] {
  const parts = featureParts(text);
  if (parts === undefined) {
    throw new UsageError(
      `Cannot use --features "${text}": expected NAME=FILE`,
      "For example: --features image=image.npy, or image=image.npy#ids.csv with the id of each row",
    );
  }
  const { name, path, idPath } = parts;
  refuseName("features", name);
  refuseStdin("features", path);
  return [
    ...before,
    { name, path: userPath(path), idPath: idPath === undefined ? undefined : userPath(idPath) },
  ];
}

/**
 * Adds a `--text` to those before it.
 *
 * @param text `NAME=FILE:COLUMN[,COLUMN…]`, or `NAME=FILE#ID_COLUMN:COLUMN[,COLUMN…]`.
 * @param before Those before it.
 * @throws {UsageError} It has another form.
 * @example
 * ```ts
 * import { collectTexts } from "./modality_options.ts";
 * collectTexts("words=/tmp/items.tsv#asin:title,brand")[0].columns; // ["title", "brand"]
 * ```
 */
export function collectTexts(text: string, before: readonly TextSource[] = []): TextSource[] {
  const parts = textParts(text);
  if (parts === undefined) {
    throw new UsageError(
      `Cannot use --text "${text}": expected NAME=FILE:COLUMN[,COLUMN…]`,
      "For example: --text words=items.csv:title,description, or items.csv#asin:title where the " +
        'column of ids is called "asin"',
    );
  }
  const { name, path, idColumn, columns } = parts;
  refuseName("text", name);
  if (columns.split(",").includes("")) {
    throw new UsageError(
      `Cannot use --text "${text}": a column has an empty name`,
      "Separate the names of columns with single commas",
    );
  }
  refuseStdin("text", path);
  return [...before, { name, path: userPath(path), idColumn, columns: columns.split(",") }];
}

/** Images with the name of their modality. */
export interface NamedSource {
  /** The modality's name. */
  readonly name: string;
  /** Where they are. */
  readonly source: EncodeSource;
}

/**
 * Adds an `--images` to those before it.
 *
 * @param text `NAME=FOLDER`, or `NAME=FILE:COLUMN`.
 * @param before Those before it.
 * @throws {UsageError} It has another form.
 * @example
 * ```ts
 * import { collectImages } from "./modality_options.ts";
 * collectImages("image=/tmp/images")[0].source; // { kind: "images", folder: "/tmp/images" }
 * ```
 */
export function collectImages(text: string, before: readonly NamedSource[] = []): NamedSource[] {
  const parts = namedParts(text);
  if (parts === undefined) {
    throw new UsageError(
      `Cannot use --images "${text}": expected NAME=FOLDER or NAME=FILE:COLUMN`,
      "For example: --images image=photos/, where photos/ has ID.jpg, or image=items.csv:photo",
    );
  }
  refuseName("images", parts.name);
  return [...before, { name: parts.name, source: imagesOption(parts.value) }];
}

/**
 * Adds an `--encode` to those before it.
 *
 * @param text `NAME=FOLDER`.
 * @param before Those before it, by the names of their modalities.
 * @throws {UsageError} It has another form, or the name is there already.
 * @example
 * ```ts
 * import { collectEncoders } from "./modality_options.ts";
 * collectEncoders("image=/tmp/clip").get("image"); // "/tmp/clip"
 * ```
 */
export function collectEncoders(
  text: string,
  before: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const parts = namedParts(text);
  if (parts === undefined) {
    throw new UsageError(
      `Cannot use --encode "${text}": expected NAME=FOLDER`,
      "For example: --images image=photos/ --encode image=models/clip",
    );
  }
  if (before.has(parts.name)) {
    throw new UsageError(
      `Cannot use --encode ${parts.name}= twice`,
      "Name one encoder for each modality",
    );
  }
  return new Map([...before, [parts.name, userPath(parts.value)]]);
}

/** What the modalities of a dataset are made of. */
export interface RequestedModalities {
  /** Files of features. */
  readonly features: readonly FeatureSource[];
  /** Tables of texts. */
  readonly texts: readonly TextSource[];
  /** Images. */
  readonly images: readonly NamedSource[];
  /** The folders of encoders, by the names of the texts and images that they encode. */
  readonly encoders: ReadonlyMap<string, string>;
}

/**
 * The modalities that options ask for.
 *
 * @param options The options.
 * @throws {UsageError} Two have one name, an encoder has nothing to encode, images have no encoder, or
 * `--dim` is for no text.
 * @example
 * ```ts
 * import { collectFeatures, requestedModalities } from "./modality_options.ts";
 * requestedModalities({ features: collectFeatures("image=/tmp/image.csv") }).texts; // []
 * ```
 */
export function requestedModalities(
  { features = [], text: texts = [], images = [], encode: encoders = new Map(), dim }: {
    readonly features?: readonly FeatureSource[];
    readonly text?: readonly TextSource[];
    readonly images?: readonly NamedSource[];
    readonly encode?: ReadonlyMap<string, string>;
    readonly dim?: number;
  },
): RequestedModalities {
  refuseRepeatedNames([...features, ...texts, ...images].map(({ name }) => name));
  const isEncoded = ({ name }: { readonly name: string }) => encoders.has(name);
  const encoded = [...texts, ...images].filter(isEncoded).map(({ name }) => name);
  const idle = encoders.keys().find((name) => !encoded.includes(name));
  if (idle !== undefined) {
    throw new UsageError(
      `Cannot use --encode ${idle}=…: nothing to encode has this name`,
      `Add --images ${idle}=FOLDER or --text ${idle}=FILE:COLUMN`,
    );
  }
  const plain = images.find((one) => !isEncoded(one));
  if (plain !== undefined) {
    throw new UsageError(
      `Cannot use --images ${plain.name}=… without an encoder`,
      `Add --encode ${plain.name}=FOLDER, the folder of one; docs/encoders.md names some`,
    );
  }
  if (dim !== undefined && texts.every(isEncoded)) {
    const which = texts.length === 0 ? "" : " that is not encoded";
    throw new UsageError(
      `Cannot use --dim without --text${which}: it would have no effect`,
      "Add --text NAME=FILE:COLUMN, or leave --dim out",
    );
  }
  return { features, texts, images, encoders };
}

/**
 * The table of a `--meta`.
 *
 * @param text `FILE`, or `FILE#ID_COLUMN`.
 * @throws {UsageError} It is stdin.
 * @example
 * ```ts
 * import { metaSource } from "./modality_options.ts";
 * metaSource("/tmp/items.csv#asin"); // { path: "/tmp/items.csv", idColumn: "asin" }
 * ```
 */
export function metaSource(text: string): MetaSource {
  const { path, idColumn } = tableParts(text);
  refuseStdin("meta", path);
  return { path: userPath(path), idColumn };
}

/**
 * Refuses two modalities of one name, which would be one file; capital letters make no difference on macOS and Windows.
 *
 * @param names The names of all modalities.
 * @throws {UsageError} A name is there twice.
 * @example
 * ```ts
 * import { refuseRepeatedNames } from "./modality_options.ts";
 * refuseRepeatedNames(["image", "text"]);
 * ```
 */
export function refuseRepeatedNames(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase());
  const second = lower.findIndex((name, n) => lower.indexOf(name) < n);
  if (second < 0) return;
  const [name, first] = [names[second], names[lower.indexOf(lower[second])]];
  throw new UsageError(
    name === first
      ? `Cannot create two modalities with the name "${name}"`
      : `Cannot create modalities with the names "${first}" and "${name}": they are one file where capital ` +
        "letters make no difference",
    "Give each --features, --text and --images its own name",
  );
}

function refuseName(option: string, name: string): void {
  if (name.toLowerCase() === "user") {
    throw new UsageError(
      `Cannot use the name "${name}" of --${option}: user_feat.npy holds features of users, not of items`,
      "Choose another name",
    );
  }
  if (/^[\p{L}\p{N}_-]+$/u.test(name)) return;
  throw new UsageError(
    `Cannot use the name "${name}" of --${option}: expected letters, digits, "_" and "-"`,
    `It becomes a file: NAME_feat.npy`,
  );
}

/** Stdin can be read once, and is where interactions come from. */
function refuseStdin(option: string, path: string): void {
  if (path !== "-") return;
  throw new UsageError(
    `Cannot read --${option} from stdin: it is read once, for the interactions`,
    "Write it to a file first, and name the file",
  );
}
