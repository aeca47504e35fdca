/**
 * `encode`: its arguments.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { encodedEnding } from "../../data/encode/encoded_file.ts";
import { type WeightType, weightTypes } from "../../data/encode/encoder_folder.ts";
import { UsageError } from "../../errors.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { integer } from "../common/integer_option.ts";
import { userPath } from "../common/paths.ts";
import { type EncodeSource, imagesOption, textsOption } from "./encode_options.ts";
import type { EncoderChoice } from "./load_encoder.ts";

/** What the user asked `encode` for. */
export interface EncodeRequest {
  /** The encoder's folder. */
  readonly model: string;
  /** What is encoded. */
  readonly source: EncodeSource;
  /** The file of features. */
  readonly out: string;
  /** The type of the encoder's weights. */
  readonly weights: WeightType;
  /** What else was chosen. */
  readonly choice: EncoderChoice;
  /** Whether to print how the features came to be, as JSON. */
  readonly json: boolean;
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function encodeCommand(run: (request: EncodeRequest) => Promise<void>): AnyCommand {
  return createCommand("encode", "Turn texts or images into item features", [
    {
      purpose: "Texts, by a sentence encoder in ONNX that you have in a folder",
      line:
        "encode --model models/minilm --text items.csv:title,description --out words.safetensors",
    },
    {
      purpose: "Images, each named after its item: B001.jpg",
      line: "encode --model models/clip --images photos/ --out image.safetensors",
    },
    {
      purpose: "Images whose paths are in a table",
      line: "encode --model models/clip --images items.csv#asin:photo --out image.safetensors",
    },
    {
      purpose: "Then use them",
      line: "preprocess --dataset shop --input clicks.csv --features image=image.safetensors",
    },
  ])
    .requiredOption(
      "--model <folder>",
      "Folder of the encoder, in Hugging Face's layout, with ONNX weights",
      userPath,
    )
    .option(
      "--text <file:columns>",
      "Text columns of a table with an id column (FILE#ID_COLUMN:COLUMNS names it)",
      textsOption,
    )
    .option(
      "--images <folder|file:column>",
      "Folder of images named after their items, or the column of a table with their paths",
      imagesOption,
    )
    .requiredOption("-o, --out <file>", `Output file, ${encodedEnding}`, userPath)
    .addOption(
      new Option("--weights <type>", "Type of the weights, by the name of their file")
        .choices(weightTypes).default("fp32" as WeightType),
    )
    .option("--output <name>", "Output of the encoder to use (default: guessed)")
    .addOption(
      new Option(
        "--pooling <how>",
        "How the vectors of tokens become one (default: as the folder says, or else mean for texts, cls for images)",
      ).choices(["mean", "cls"] as const),
    )
    .option("--normalise", "Scale rows to length 1 (default: as the folder says)")
    .option("--no-normalise", "Do not")
    .option("--prefix <text>", 'Put a text before each, such as "passage: " for E5')
    .option(
      "--batch <number>",
      "Inputs at a time (default: 32 texts, 16 images)",
      (text) => integer("batch", text, 1024),
    )
    .option("--json", "Print how the features came to be as JSON")
    .action(async (options) => {
      const { model, text, images, out, weights, output, pooling, normalise, prefix, batch } =
        options;
      const source = text ?? images;
      if (source === undefined || (text !== undefined && images !== undefined)) {
        throw new UsageError(
          source === undefined
            ? "Cannot encode: neither --text nor --images is given"
            : "Cannot use --text with --images: a file has one kind of features",
          "Give one of them",
        );
      }
      if (prefix !== undefined && images !== undefined) {
        throw new UsageError(
          "Cannot use --prefix with --images: it would have no effect",
          "Leave it out",
        );
      }
      if (!out.endsWith(encodedEnding)) {
        throw new UsageError(
          `Cannot write "${out}": expected a name that ends in ${encodedEnding}`,
          `For example: --out features${encodedEnding}`,
        );
      }
      const choice = { output, pooling, normalise, prefix, batch };
      await run({ model, source, out, weights, choice, json: options.json ?? false });
    });
}
