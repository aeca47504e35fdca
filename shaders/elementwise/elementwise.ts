/**
 * Elementwise functions of one or two tensors.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import { elementCount, type Piece, pieceOf, piecesOf } from "../../gpu/pieces.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { countOf, rowVectors } from "../common/element/counted.ts";
import countedSource from "../common/element/counted.wgsl" with { type: "text" };
import binarySource from "./binary.wgsl" with { type: "text" };
import fillSource from "./fill.wgsl" with { type: "text" };
import functionsSource from "./functions.wgsl" with { type: "text" };
import unaryBackwardSource from "./unary_backward.wgsl" with { type: "text" };
import unaryForwardSource from "./unary_forward.wgsl" with { type: "text" };

const fillKernel = kernel("elementwise/fill", fillSource);
const unaryForward = kernel(
  "elementwise/unary_forward",
  countedSource,
  functionsSource,
  unaryForwardSource,
);
const unaryBackward = kernel("elementwise/unary_backward", countedSource, unaryBackwardSource);
const binary = kernel("elementwise/binary", countedSource, binarySource);

/** The functions of one number, with their places in the WGSL. */
export const operations = {
  affine: 0,
  sigmoid: 1,
  tanh: 2,
  relu: 3,
  leaky_relu: 4,
  exp: 5,
  square: 6,
} as const;

/** The name of a function of one number. */
export type UnaryOperation = keyof typeof operations;

/** The default slope of the leaky ReLU below 0. */
export const leakySlope = 0.01;

/** Vectors of four that `count` numbers take; buffers are padded to whole ones. */
const vectorsOf = (count: number) => Math.ceil(count / 4);
/** Each invocation of the elementwise kernels does four vectors. */
const threadsOf = (vectors: number) => Math.ceil(vectors / 4);

/** The pieces of a tensor's numbers; the rows that count are known of all of it alone. */
function piecesOfTensor(program: Program, x: Tensor): Piece[] {
  const count = elementCount(x);
  return x.counted ? [{ first: 0, count, isLast: true }] : piecesOf(program, count);
}

/**
 * Appends `x = value`.
 *
 * @param program The program.
 * @param x The tensor.
 * @param value The number.
 */
export function fill(program: Program, x: Tensor, value: number): void {
  for (const piece of piecesOf(program, elementCount(x))) {
    const vectors = vectorsOf(piece.count);
    program.launch(fillKernel, {
      buffers: { x: pieceOf(x, piece) },
      completes: piece.isLast ? ["x"] : [],
      uniforms: { vectors, value },
      threads: threadsOf(vectors),
    });
  }
}

/**
 * `f(x)`, differentiated.
 *
 * @param program The program.
 * @param operation Which function: `affine` is `alpha·x + beta`, `leaky_relu` has slope `alpha`
 * below 0.
 * @param x Any shape.
 * @param options The constants of the function.
 * @returns The shape of `x`, and counted as it is.
 */
export function unary(
  program: Program,
  operation: UnaryOperation,
  x: Tensor,
  options: { alpha?: number; beta?: number } = {},
): Tensor {
  const { alpha = operation === "leaky_relu" ? leakySlope : 1, beta = 0 } = options;
  const { rows, columns, differentiable, counted, sliceColumns } = x;
  const label = `${operation}(${x.label})`;
  const y = program.tensor(label, rows, columns, { differentiable, counted, sliceColumns });
  for (const piece of piecesOfTensor(program, x)) {
    const vectors = vectorsOf(piece.count);
    const from = pieceOf(x, piece);
    const count = countOf(counted, from);
    program.launch(unaryForward, {
      buffers: { x: from, y: pieceOf(y, piece), ...count.buffers },
      partial: counted ? ["y"] : [],
      completes: piece.isLast ? ["y"] : [],
      uniforms: { vectors, row_vectors: rowVectors(x), alpha, beta },
      constants: { operation: operations[operation], ...count.constants },
      threads: threadsOf(vectors),
    });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { gradient: dx, accumulate } = target;
    launchSlope(program, { operation, x, y, dy, dx, alpha, accumulate });
  });
  return y;
}

/** A backward pass of {@linkcode unary}. */
export interface UnarySlope {
  /** Which function. */
  readonly operation: UnaryOperation;
  /** What it was given. */
  readonly x: Tensor;
  /** What it gave. */
  readonly y: Tensor;
  /** The gradient of y. */
  readonly dy: Tensor;
  /** The gradient of x. */
  readonly dx: Tensor;
  /** The function's constant alpha. */
  readonly alpha: number;
  /** Whether to add to what dx holds. */
  readonly accumulate?: boolean;
}

/**
 * Appends `dx = dy·f'(x)`.
 *
 * @param program The program.
 * @param slope What to compute.
 */
export function launchSlope(program: Program, slope: UnarySlope): void {
  const { operation, x, y, dy, dx, alpha, accumulate = false } = slope;
  for (const piece of piecesOfTensor(program, y)) {
    const vectors = vectorsOf(piece.count);
    const part = (tensor: Tensor) => pieceOf(tensor, piece);
    const count = countOf(y.counted, part(y));
    program.launch(unaryBackward, {
      buffers: { x: part(x), y: part(y), dy: part(dy), dx: part(dx), ...count.buffers },
      completes: piece.isLast ? ["dx"] : [],
      uniforms: { vectors, row_vectors: rowVectors(y), alpha },
      constants: {
        operation: operations[operation],
        accumulate: Number(accumulate),
        ...count.constants,
      },
      threads: threadsOf(vectors),
    });
  }
}

/** `c = alpha·a + beta·b`, or `alpha·a·b` where `multiply`. */
export interface Binary {
  /** The first operand. */
  readonly a: Bindable;
  /** The second operand. */
  readonly b: Bindable;
  /** The result. */
  readonly c: Bindable;
  /** Numbers of each. */
  readonly count: number;
  /**
   * A tensor of this shape whose rows alone count, where it is counted: the others are cleared, or
   * left where it is added.
   */
  readonly like?: Tensor;
  /** Factor of a, or of the product (default: 1). */
  readonly alpha?: number;
  /** Factor of b (default: 1). */
  readonly beta?: number;
  /** Whether to multiply. */
  readonly multiply?: boolean;
  /** Whether to add to what c holds. */
  readonly accumulate?: boolean;
}

/**
 * Appends a function of two tensors. Not differentiated.
 *
 * @param program The program.
 * @param launch What to compute: `c = alpha·a + beta·b`, or `alpha·a·b` where `multiply`.
 */
export function launchBinary(program: Program, launch: Binary): void {
  const { a, b, c, count, like, alpha = 1, beta = 1 } = launch;
  const { multiply = false, accumulate = false } = launch;
  const whole = { first: 0, count, isLast: true };
  for (const piece of like?.counted ? [whole] : piecesOf(program, count)) {
    const vectors = vectorsOf(piece.count);
    const part = (bindable: Bindable) => pieceOf(bindable, piece);
    const counted = countOf(like?.counted, part(a));
    program.launch(binary, {
      buffers: { a: part(a), b: part(b), c: part(c), ...counted.buffers },
      completes: piece.isLast && !("offset" in c) ? ["c"] : [],
      uniforms: { vectors, row_vectors: like ? rowVectors(like) : 1, alpha, beta },
      constants: {
        multiply: Number(multiply),
        accumulate: Number(accumulate),
        ...counted.constants,
      },
      threads: threadsOf(vectors),
    });
  }
}

/**
 * `alpha·a + beta·b`, differentiated.
 *
 * @param program The program.
 * @param a Any shape.
 * @param b The same shape.
 * @param options The factors.
 * @returns The same shape, counted as a is.
 */
export function add(
  program: Program,
  a: Tensor,
  b: Tensor,
  options: { alpha?: number; beta?: number; label?: string } = {},
): Tensor {
  const { alpha = 1, beta = 1, label = `${a.label}+${b.label}` } = options;
  assertSameShape(a, b);
  const { rows, columns, counted, sliceColumns } = a;
  const differentiable = a.differentiable || b.differentiable;
  const c = program.tensor(label, rows, columns, { differentiable, counted, sliceColumns });
  const count = elementCount(a);
  launchBinary(program, { a, b, c, count, like: a, alpha, beta });
  program.onBackward(() => {
    const dc = program.gradient(c);
    if (dc === undefined) return;
    for (const [x, factor] of [[a, alpha], [b, beta]] as const) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      const { gradient, accumulate } = target;
      const how = { count, like: a, alpha: factor, beta: 0, accumulate };
      launchBinary(program, { a: dc, b: dc, c: gradient, ...how });
    }
  });
  return c;
}

/**
 * `alpha·a⊙b`, differentiated.
 *
 * @param program The program.
 * @param a Any shape.
 * @param b The same shape.
 * @param options The factor.
 * @returns The same shape.
 */
export function multiply(
  program: Program,
  a: Tensor,
  b: Tensor,
  options: { alpha?: number; label?: string } = {},
): Tensor {
  const { alpha = 1, label = `${a.label}⊙${b.label}` } = options;
  assertSameShape(a, b);
  const { rows, columns, sliceColumns } = a;
  const differentiable = a.differentiable || b.differentiable;
  const c = program.tensor(label, rows, columns, { differentiable, sliceColumns });
  const count = elementCount(a);
  launchBinary(program, { a, b, c, count, alpha, multiply: true });
  program.onBackward(() => {
    const dc = program.gradient(c);
    if (dc === undefined) return;
    for (const [x, other] of [[a, b], [b, a]] as const) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      const { gradient, accumulate } = target;
      const how = { count, alpha, multiply: true, accumulate };
      launchBinary(program, { a: dc, b: other, c: gradient, ...how });
    }
  });
  return c;
}

function assertSameShape(a: Tensor, b: Tensor): void {
  const isAlike = a.rows === b.rows && a.columns === b.columns;
  if (isAlike && a.sliceColumns === b.sliceColumns) return;
  throw new Error(
    `"${a.label}" is ${a.rows}×${a.columns}, "${b.label}" is ${b.rows}×${b.columns}`,
  );
}
