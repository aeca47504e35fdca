/**
 * One row an input of what an encoder gives.
 *
 * @module
 */
import { BandpassError, DataError } from "../../errors.ts";

/** How the vectors of an input's tokens or patches become one: their mean, or the first. */
export type Pooling = "mean" | "cls";

/** An output of an encoder. */
export interface EncoderOutput {
  /** Its name. */
  readonly name: string;
  /** `inputs×columns`, `inputs×tokens×columns`, or `inputs×channels×height×width`. */
  readonly dims: readonly number[];
  /** Its values, row-major. */
  readonly values: ArrayLike<number>;
}

/**
 * Pools an output: of tokens as is asked for, of a map of features their mean over all places.
 *
 * @param output The output.
 * @param inputs Number of inputs.
 * @param pooling How tokens are pooled.
 * @param mask `inputs×tokens`, 1 for a token and 0 for padding (default: all are tokens).
 * @returns `inputs×columns`, row-major.
 * @throws {DataError} It has another shape.
 * @example
 * ```ts
 * import { pool } from "./pooling.ts";
 * const output = { name: "last_hidden_state", dims: [1, 2, 2], values: [1, 2, 3, 4] };
 * pool(output, 1, "mean"); // [2, 3]
 * pool(output, 1, "cls"); // [1, 2]
 * ```
 */
export function pool(
  { name, dims, values }: EncoderOutput,
  inputs: number,
  pooling: Pooling,
  mask?: ArrayLike<number | bigint>,
): Float32Array<ArrayBuffer> {
  if (dims[0] !== inputs || dims.length < 2 || dims.length > 4 || dims.includes(0)) {
    throw new DataError(
      `Cannot use the output "${name}" of the encoder: found shape (${dims.join(", ")}) for ` +
        `${inputs} inputs, expected (${inputs}, columns), (${inputs}, tokens, columns) or ` +
        `(${inputs}, channels, height, width)`,
      ({ setting }) => `Choose another output of it: ${setting("output", "NAME")}`,
    );
  }
  if (dims.length === 2) return Float32Array.from(values);
  if (dims.length === 4) return poolMap(values, dims);
  const [, tokens, columns] = dims;
  const rows = new Float32Array(inputs * columns);
  for (let input = 0; input < inputs; input++) {
    const count = pooling === "cls" ? 1 : tokens;
    const sum = new Float64Array(columns);
    let weight = 0;
    for (let token = 0; token < count; token++) {
      const at = input * tokens + token;
      if (pooling === "mean" && mask !== undefined && Number(mask[at]) === 0) continue;
      weight++;
      for (let c = 0; c < columns; c++) sum[c] += values[at * columns + c];
    }
    for (let c = 0; c < columns; c++) rows[input * columns + c] = sum[c] / Math.max(1, weight);
  }
  return rows;
}

/** The mean of each channel over all places. */
function poolMap(values: ArrayLike<number>, dims: readonly number[]): Float32Array<ArrayBuffer> {
  const [inputs, channels, height, width] = dims;
  const places = height * width;
  return Float32Array.from({ length: inputs * channels }, (_, row) => {
    let sum = 0;
    for (let place = 0; place < places; place++) sum += values[row * places + place];
    return sum / places;
  });
}

/**
 * Scales each row to length 1; a row of zeros stays as it is.
 *
 * @param rows `rows×columns`, row-major; written to.
 * @param columns Number of columns.
 * @example
 * ```ts
 * import { normaliseRows } from "./pooling.ts";
 * const rows = new Float32Array([3, 4]);
 * normaliseRows(rows, 2); // rows is [0.6, 0.8]
 * ```
 */
export function normaliseRows(rows: Float32Array, columns: number): void {
  for (let start = 0; start < rows.length; start += columns) {
    const row = rows.subarray(start, start + columns);
    const norm = Math.hypot(...row);
    if (norm > 0) row.forEach((value, c) => row[c] = value / norm);
  }
}

/**
 * Refuses rows with a number that is not finite.
 *
 * @param rows `rows×columns`, row-major.
 * @param output The name of the output.
 * @throws {BandpassError} There is one.
 */
export function requireFinite(rows: Float32Array, output: string): void {
  const bad = rows.find((value) => !Number.isFinite(value));
  if (bad === undefined) return;
  throw new BandpassError(
    `Cannot use the output "${output}" of the encoder: it has ${bad}, expected finite numbers`,
    ({ setting }) =>
      `Use its weights of 32 bits (${setting("weights", "fp32")}), or another encoder`,
  );
}
