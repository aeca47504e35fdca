/**
 * Numbers in a field of a table: one, or a vector.
 *
 * @module
 */

/** What JavaScript takes for a number, and a table does not. */
const prefixed = /^0[xob]/i;
const decimalPoints = "Write numbers with a decimal point and without marks between thousands";

/** Why a field holds no numbers that can be told. */
export interface UnreadableNumbers {
  /** The piece that is not a number. */
  readonly text: string;
  /** What it may be or has to be. */
  readonly what: string;
  /** The next step, where there is one for this kind of text. */
  readonly nextStep?: string;
}

/**
 * The number of a text.
 *
 * @param text The text, without spaces around it.
 * @returns The number, rounded to f32; `undefined` where it is none or not finite.
 * @example
 * ```ts
 * import { parseNumber } from "./vector_text.ts";
 * parseNumber("0x10"); // undefined
 * ```
 */
export function parseNumber(text: string): number | undefined {
  const value = text === "" ? NaN : Math.fround(Number(text));
  return Number.isFinite(value) && !prefixed.test(text) ? value : undefined;
}

/**
 * Why a text is not a number.
 *
 * @param text The text.
 */
export function notANumber(text: string): UnreadableNumbers {
  if (/\d,\d/.test(text)) {
    return {
      text,
      what: "expected a finite number with a decimal point",
      nextStep: `${decimalPoints}: 12.99 and not 12,99`,
    };
  }
  const bare = text.replaceAll(/[\s'’_]/g, "").replace("−", "-");
  const isMarked = bare !== text && parseNumber(bare) !== undefined;
  // It is finite, and is not in 32 bits.
  const isLarge = Number.isFinite(Number(text)) && !Number.isFinite(Math.fround(Number(text)));
  return {
    text,
    what: `expected a finite number${isLarge ? " below 3.4e38" : ""}`,
    nextStep: isMarked
      ? `Write numbers without marks between thousands, and with a plain minus: ${bare}`
      : undefined,
  };
}

/**
 * The numbers of a vector in one field, as NumPy, pandas, JSON and RecBole write them: parted by
 * commas, semicolons or spaces, in brackets or not.
 *
 * Without brackets `12,99` may be one number or two, and `1,299.00` and `1 299` as well; so they are refused.
 *
 * @param field The field, without spaces around it.
 * @example
 * ```ts
 * import { parseVector } from "./vector_text.ts";
 * parseVector("[0.5, 2]"); // [0.5, 2]
 * ```
 */
export function parseVector(field: string): number[] | UnreadableNumbers {
  const bare = field.replace(/^[[({]|[\])}]$/g, "").trim();
  const separator = bare.includes(";") ? /\s*;\s*/ : bare.includes(",") ? /\s*,\s*|\s+/ : /\s+/;
  // A comma beside another separator parts no numbers, unless a space follows each.
  const hasTwo = /,\S/.test(bare) && (bare.includes(";") || /[^\s,]\s/.test(bare));
  const isBracketed = bare.length < field.length;
  const isOne = /^[^,]*,\d+$/.test(bare) || /^[+-]?\d{1,3}([,\s]\d{3})+(\.\d+)?$/.test(bare);
  if (hasTwo || (!isBracketed && isOne)) {
    const parts = bare.split(separator);
    return {
      text: field,
      what: `which may be a number with a ${
        bare.includes(",") ? "comma" : "space"
      } in it or several numbers`,
      nextStep: `${decimalPoints} (12.99), and vectors in brackets ([12, 99])` +
        (parts.length > 2 ? "" : "; a column for each number needs no brackets"),
    };
  }
  const values: number[] = [];
  for (const text of bare.split(separator).filter((part) => part !== "")) {
    const value = parseNumber(text);
    if (value === undefined) return notANumber(text);
    values.push(value);
  }
  return values;
}
