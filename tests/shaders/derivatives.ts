/**
 * Derivatives of an f64 twin by central differences, beside those that a gradient promises.
 *
 * One pair of evaluations gives the derivative in one direction. Were each direction a single element,
 * most elements would go unchecked, for a twin is slow. So each direction moves a group of elements by
 * random amounts, and every element is in one group: a gradient that is wrong in one column, one row
 * or one element shows, whatever the shape.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";

/** What {@linkcode derivatives} needs. */
export interface Differentiated {
  /** `rows×columns`; moved, and left as it was. */
  readonly input: Float64Array;
  /** Its columns. */
  readonly columns: number;
  /** The gradient in question. */
  readonly gradient: ArrayLike<number>;
  /** The function of the input. */
  readonly objective: () => number;
  /** The most groups. */
  readonly groups: number;
  /** Length of a step in a direction. */
  readonly step: number;
}

/** A derivative in the direction of a group of elements. */
export interface Derivative {
  /** The elements, in words. */
  readonly where: string;
  /** By the gradient. */
  readonly found: number;
  /** By the central difference. */
  readonly expected: number;
}

/** Splits elements by their columns; by their rows as well where the columns are fewer than groups. */
function groupsOf(count: number, columns: number, most: number): [string, number[]][] {
  const strips = Math.min(columns, most);
  const parts = Math.max(1, Math.floor(most / strips));
  const groups = new Map<number, number[]>();
  for (let at = 0; at < count; at++) {
    const strip = at % columns % strips;
    const key = strip + strips * (Math.floor(at / columns) % parts);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key)!.push(at);
  }
  return Array.from(groups, ([key, elements]) => {
    const [strip, part] = [key % strips, Math.floor(key / strips)];
    const column = strips < columns ? `columns ${strips}·n+${strip}` : `column ${strip}`;
    return [parts > 1 ? `rows ${parts}·n+${part}, ${column}` : column, elements];
  });
}

/** The derivatives in the directions of groups that hold all elements of an input. */
export function derivatives(of: Differentiated): Derivative[] {
  const { input, columns, gradient, objective, groups, step } = of;
  const next = uniforms(input.length);
  return groupsOf(input.length, columns, groups).map(([where, elements]) => {
    // Amounts differ, and none is near 0: no two errors cancel, and none is lost.
    const amounts = elements.map(() => (next() < 0.5 ? -1 : 1) * (0.5 + 0.5 * next()));
    const length = Math.sqrt(amounts.reduce((sum, amount) => sum + amount * amount, 0));
    const kept = elements.map((at) => input[at]);
    const moved = (by: number) => {
      elements.forEach((at, n) => input[at] = kept[n] + by * amounts[n] / length);
      return objective();
    };
    const expected = (moved(step) - moved(-step)) / (2 * step);
    elements.forEach((at, n) => input[at] = kept[n]);
    const found = elements.reduce((sum, at, n) => sum + gradient[at] * amounts[n], 0) / length;
    return { where, found, expected };
  });
}
