/**
 * All readers of files.
 *
 * @module
 */
import { columnarFormats } from "./columnar_formats.ts";
import { encodingFormats } from "./encoding_formats.ts";
import type { Format } from "./format.ts";
import { interactionsFormat } from "./interactions_format.ts";
import { jsonFormats } from "./json_formats.ts";
import { labFormats } from "./lab_formats.ts";
import { numberFormats } from "./number_formats.ts";
import { textFitFormat } from "./text_fit_format.ts";
import { textFormats } from "./text_formats.ts";

/** All readers. */
export const formats: readonly Format[] = [
  ...numberFormats,
  textFitFormat,
  interactionsFormat,
  ...textFormats,
  ...columnarFormats,
  ...jsonFormats,
  ...labFormats,
  ...encodingFormats,
];
