/**
 * Several dense products of one shape in one launch, where the device computes products in workgroups: a product of
 * few tiles leaves most of a GPU idle, and to launch it costs more than to compute it.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import type { Program } from "../../gpu/program.ts";
import { type Bindable, type BufferRange, rangeOf } from "../../gpu/tensor.ts";
import { isAligned, launchProduct, type Product, type ProductStart } from "./matmul.ts";
import { tilingOf } from "./tiling.ts";

/** A product, and which others may be computed with it. */
export interface BatchedProduct extends Product {
  /**
   * The number of its batch (default: 0). No product of a batch reads or writes what another one of it writes; batches
   * are computed in ascending order.
   */
  readonly batch?: number;
}

/** Sums of blocks of C are not cut: beyond this length, products that cut theirs are faster one by one. */
const longestUncut = 256;

/**
 * Whether {@linkcode launchProducts} joins products of a shape, whose operands can be read as vectors of four.
 *
 * @param gpu The device.
 * @param m Rows of a product.
 * @param n Its columns.
 */
export function joinsProducts(gpu: Gpu, m: number, n: number): boolean {
  return !gpu.software && tilingOf(gpu, m, n, true).takesBatches === true;
}

/**
 * Appends products. Software drivers launch them one by one, in their order; hardware that takes several in one launch,
 * batch by batch.
 *
 * @param program The program.
 * @param products What to compute.
 */
export function launchProducts(program: Program, products: readonly BatchedProduct[]): void {
  const { gpu } = program.memory;
  if (gpu.software) {
    for (const product of products) launchProduct(program, product);
    return;
  }
  const numbers = new Set(products.map(({ batch = 0 }) => batch));
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const ofBatch = products.filter(({ batch = 0 }) => batch === number);
    const joined = joinedProduct(gpu, ofBatch);
    if (joined !== undefined) launchProduct(program, joined.product, joined.starts);
    else for (const product of ofBatch) launchProduct(program, product);
  }
}

/** One product whose operands are those of all, and where each begins; undefined where there is none. */
function joinedProduct(
  gpu: Gpu,
  products: readonly Product[],
): { product: Product; starts: readonly ProductStart[] } | undefined {
  if (products.length < 2) return undefined;
  const shapes = products.map(shapeOf);
  const [shape] = shapes;
  const { m, n, k } = shape;
  if (!products.every(isAligned) || !joinsProducts(gpu, m, n)) return undefined;
  if (!shapes.every((other) => isSame(shape, other))) return undefined;
  const a = joinedOperand(gpu, products.map(({ a, aColumn }) => [a, aColumn]));
  const b = joinedOperand(gpu, products.map(({ b, bColumn }) => [b, bColumn]));
  const c = joinedOperand(gpu, products.map(({ c, cColumn }) => [c, cColumn]));
  if (a === undefined || b === undefined || c === undefined) return undefined;
  const isDense = c.starts.every((start, place) => start === place * m * n);
  if (!isDense && k > longestUncut) return undefined;
  return {
    product: {
      ...shape,
      ...{ a: a.range, b: b.range, c: c.range },
      completes: products.some(({ completes }) => completes),
    },
    starts: a.starts.map((start, place) => ({ a: start, b: b.starts[place], c: c.starts[place] })),
  };
}

/** All of a product but where its operands begin. */
function shapeOf(product: BatchedProduct) {
  const { a: _a, b: _b, c: _c, aColumn: _1, bColumn: _2, cColumn: _3, ...rest } = product;
  const { completes: _4, batch: _5, ...shape } = rest;
  return shape;
}

function isSame(one: object, other: object): boolean {
  const [entries, others] = [Object.entries(one), Object.entries(other)];
  return entries.length === others.length &&
    entries.every(([name, value]) => Reflect.get(other, name) === value);
}

/** The range that all operands lie in, and where each begins there, in numbers. */
function joinedOperand(
  { limits }: Gpu,
  operands: readonly (readonly [Bindable, number?])[],
): { range: BufferRange; starts: number[] } | undefined {
  const ranges = operands.map(([operand]) => rangeOf(operand));
  const [{ allocation }] = ranges;
  if (!ranges.every((range) => range.allocation === allocation)) return undefined;
  const offset = Math.min(...ranges.map((range) => range.offset));
  const end = Math.max(...ranges.map((range) => range.offset + range.bytes));
  const bytes = end - offset;
  if (bytes > limits.maxStorageBufferBindingSize) return undefined;
  const starts = operands.map(([, column = 0], n) => (ranges[n].offset - offset) / 4 + column);
  return { range: { allocation, offset, bytes }, starts };
}
