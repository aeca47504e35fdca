/**
 * Dense products of matrices in all transpose forms, with bias and activation.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import { type Bindable, isFilledBy, rangeOf, type Tensor } from "../../gpu/tensor.ts";
import { fitsTexture } from "../../gpu/texture.ts";
import { type Activation, activationConstant } from "../elementwise/activation.ts";
import { combineParts } from "../reduce/reduce.ts";
import { type Tiling, tilingOf } from "./tiling.ts";

/**
 * How much of a product is wanted, known on the device alone: a dimension whose `first` is given has at
 * most `count·factor − first` rows or columns. Beyond, C keeps what it has, or is cleared, from the next multiple of 8
 * on: rows up to there may be computed all the same. A limit on k that is no multiple of 4 reads on to the next one,
 * so what A has there must be 0.
 */
export interface ProductLimit {
  /** What begins with the count, a u32. */
  readonly count: Bindable;
  /** Factor of the count. */
  readonly factor: number;
  /** What is taken off for m (default: m is not limited). */
  readonly mFirst?: number;
  /** What is taken off for n. */
  readonly nFirst?: number;
  /** What is taken off for k. */
  readonly kFirst?: number;
  /** Whether rows beyond are cleared, where the product is stored. */
  readonly clear?: boolean;
}

/** A product `C = f(alpha·op(A)·op(B) + bias)`, where op(X) is X or its transpose. */
export interface Product {
  /** A: `m×k`, or `k×m` where it is transposed. */
  readonly a: Bindable;
  /** B: `k×n`, or `n×k` where it is transposed. */
  readonly b: Bindable;
  /** C: `m×n`. */
  readonly c: Bindable;
  /** Rows of C. */
  readonly m: number;
  /** Columns of C. */
  readonly n: number;
  /** Length of the sums. */
  readonly k: number;
  /** Whether A is stored transposed. */
  readonly transposeA?: boolean;
  /** Whether B is stored transposed. */
  readonly transposeB?: boolean;
  /** The first stored row of A that takes part. */
  readonly aRow?: number;
  /** The first stored row of B that takes part. */
  readonly bRow?: number;
  /** The last stored row of a transposed B; C repeats its column where `n` goes beyond. */
  readonly bLast?: number;
  /** Numbers between rows of A, where it is a block of columns of a wider matrix. */
  readonly aStride?: number;
  /** The first column of A there. */
  readonly aColumn?: number;
  /** Numbers between rows of B. */
  readonly bStride?: number;
  /** The first column of B there. */
  readonly bColumn?: number;
  /** Numbers between rows of C. */
  readonly cStride?: number;
  /** The first row of C that is written. */
  readonly cRow?: number;
  /** The first column of C there. */
  readonly cColumn?: number;
  /** Whether the rest of C has been written before, where the product is a block of it. */
  readonly completes?: boolean;
  /** Where a dimension ends that only the step knows. */
  readonly limit?: ProductLimit;
  /** Factor of the product. */
  readonly alpha?: number;
  /** `1×n`, added to each row. */
  readonly bias?: Bindable;
  /** The function f (default: the product as it is). */
  readonly activation?: Activation;
  /** Whether the product is added to what C holds. */
  readonly accumulate?: boolean;
}

/** Where the operands of one of several products of one shape begin, in numbers, a multiple of 4. */
export interface ProductStart {
  /** The first number of A. */
  readonly a: number;
  /** The first number of B. */
  readonly b: number;
  /** The first number of C. */
  readonly c: number;
}

/** Sums are cut so that a shader's loops stay far below 65,535 turns (webgpu.md, trap 1). */
const longestPart = 32768;
/** As the first of a dimension: the limit leaves all of it. */
const unlimited = -(2 ** 30);
/** Parts of Aᵀ and B that stay in a core's cache while all of C takes its sums from them. */
const cachedPart = 512;
/** Numbers of all such parts together: what it takes to add them up stays small. */
const mostCachedParts = 2 ** 21;
/**
 * Multiply-adds of a product that is worth copies of A and B into textures: at least, and for each number that is
 * copied, whether A is stored by its rows or transposed; measured on lavapipe. And how many numbers are copied at most,
 * as their copies take memory.
 */
const worthCopying = { least: 2 ** 22, rows: 32, transposed: 16, most: 2 ** 24 };
/** Limited work stands at the front of a dispatch; lavapipe gives equal shares of it to the cores. */
const dispatchShares = 16;
/** The same where the sums are limited and cut: in small groups, whose every second one has each part. */
const splitLimit = { workgroupSize: 16, shares: 2 };
/**
 * Appends the launches of a product. Not differentiated: {@linkcode matmul} and {@linkcode linear}
 * are.
 *
 * @param program The program.
 * @param product What to compute.
 * @param starts The same for several products in one launch, where the tiling takes them: where each begins
 * (default: one, from the first numbers on).
 */
export function launchProduct(
  program: Program,
  product: Product,
  starts: readonly ProductStart[] = [],
): void {
  const { a, b, c, m, n, k, transposeA = false, transposeB = false, bias } = product;
  const { aRow = 0, bRow = 0, bLast = bRow + n - 1, alpha = 1, accumulate = false } = product;
  const { aStride = transposeA ? m : k, aColumn = 0, bStride = transposeB ? k : n, bColumn = 0 } =
    product;
  const { cStride = n, cRow = 0, cColumn = 0, completes = false, limit, activation } = product;
  const isBlock = cStride !== n || cRow !== 0;
  const { gpu } = program.memory;
  const { software, limits } = gpu;
  const tiling = tilingOf(gpu, m, n, isAligned(product));
  const products = Math.max(starts.length, 1);
  const count = products * m * n;
  const tiles = products * Math.ceil(m / tiling.height) * Math.ceil(n / tiling.width) *
    tiling.threads;
  const wanted = Math.ceil(tiling.busyThreads / Math.max(tiles, 1));
  // What is only a part of C cannot be summed from parts, nor need it be: its k is short.
  const isPart = isBlock || limit?.mFirst !== undefined || limit?.nFirst !== undefined ||
    starts.some(({ c }, place) => c !== place * m * n);
  const cached = tiling.keepsInCache && transposeA && m * n <= mostCachedParts * cachedPart / k
    ? Math.ceil(k / cachedPart)
    : 1;
  const useful = Math.max(Math.min(wanted, Math.ceil(k / tiling.shortestPart)), cached);
  const bindable = Math.floor(limits.maxStorageBufferBindingSize / (count * 4));
  const splits = isPart ? 1 : Math.max(Math.min(useful, bindable), Math.ceil(k / longestPart), 1);
  if (k > splits * longestPart) throw new Error(`Cannot sum ${k} products into a block of C`);
  // Parts begin at a multiple of 4, as vec4 loads need.
  const part = Math.max(4, Math.ceil(k / splits / 4) * 4);
  const isSplit = splits > 1;
  const isLimited = software && tiling.dealsOut && limit !== undefined;
  const target = isSplit ? program.buffer("matmul parts", splits * count * 4) : c;
  const leavesRows = limit?.mFirst !== undefined && !limit.clear;
  const isWhole = !leavesRows && limit?.nFirst === undefined &&
    (completes || !isBlock && isFilledBy(target, splits * count));
  const form = { transpose_a: Number(transposeA), transpose_b: Number(transposeB) };
  program.launch(kernelOf(gpu, tiling, product), {
    buffers: {
      a,
      b,
      bias: (isSplit ? undefined : bias) ?? a,
      c: target,
      limit: limit?.count ?? a,
      ...tiling.takesBatches ? { starts: startsOf(program, starts, isSplit) ?? a } : {},
    },
    partial: isWhole ? [] : ["c"],
    uniforms: {
      ...{ m, n, k, part, splits, alpha },
      ...{ a_row: aRow, a_stride: aStride, a_column: aColumn },
      ...{ b_row: bRow, b_last: bLast, b_stride: bStride, b_column: bColumn },
      ...{ c_row: cRow, c_stride: cStride, c_column: cColumn },
      factor: limit?.factor ?? 0,
      m_first: limit?.mFirst ?? unlimited,
      n_first: limit?.nFirst ?? unlimited,
      k_first: limit?.kFirst ?? unlimited,
      ...tiling.takesAllForms ? form : {},
    },
    constants: {
      ...tiling.takesAllForms ? {} : form,
      accumulate: Number(accumulate && !isSplit),
      has_bias: Number(bias !== undefined && !isSplit),
      activation: isSplit ? 0 : activationConstant(activation),
      has_limit: Number(limit !== undefined),
      clear: Number(limit?.clear === true && !accumulate),
      ...tiling.dealsOut
        ? { shares: !isLimited ? 1 : isSplit ? splitLimit.shares : dispatchShares }
        : {},
      ...tiling.takesBatches ? { is_batch: Number(starts.length > 0) } : {},
      ...tiling.constants,
    },
    threads: tiles * splits,
    workgroupSize: isLimited && isSplit ? splitLimit.workgroupSize : tiling.workgroupSize,
  });
  if (!isSplit) return;
  const sums = { count, columns: n, splits, bias, activation, accumulate };
  combineParts(program, target, c, sums);
}

/**
 * Whether all operands of a product can be read as vectors of four.
 *
 * @param product The product.
 */
export function isAligned(product: Product): boolean {
  const { m, n, k, transposeA = false, transposeB = false } = product;
  const { aStride = 0, aColumn = 0, bStride = 0, bColumn = 0, cStride = 0, cColumn = 0 } = product;
  const widths = [n, transposeA ? m : k, transposeB ? k : n];
  return [...widths, aStride, aColumn, bStride, bColumn, cStride, cColumn]
    .every((width) => width % 4 === 0);
}

/** The starts of products as in_batches.wgsl reads them; parts of C lie as the kernel places them. */
function startsOf(
  program: Program,
  starts: readonly ProductStart[],
  isSplit: boolean,
): Bindable | undefined {
  if (starts.length === 0) return undefined;
  const data = starts.flatMap(({ a, b, c }) => [a / 4, b / 4, isSplit ? 0 : c / 4, starts.length]);
  return program.buffer("starts of products", data.length * 4, Uint32Array.from(data));
}

/** The kernel of a tiling: that which reads textures, where the product is worth the copies of A and B. */
function kernelOf(
  gpu: Gpu,
  { kernel, byTextures }: Tiling,
  { a, b, m, n, k, transposeA }: Product,
): Kernel {
  const bytes = [a, b].map((operand) => rangeOf(operand).bytes);
  if (byTextures === undefined || !bytes.every((one) => fitsTexture(gpu, one))) return kernel;
  const work = m * n * k;
  const copied = (bytes[0] + bytes[1]) / 4;
  const { least, rows, transposed, most } = worthCopying;
  const wanted = Math.max(least, (transposeA ? transposed : rows) * copied);
  return copied <= most && work >= wanted ? byTextures : kernel;
}

/**
 * `op(A)·op(B)`, differentiated.
 *
 * With C=AB: `∂A = ∂C·Bᵀ`, `∂B = Aᵀ·∂C`; the other forms by transposition.
 *
 * @param program The program.
 * @param a `m×k`, or `k×m` where `transposeA`.
 * @param b `k×n`, or `n×k` where `transposeB`.
 * @param options Which are transposed.
 * @returns `m×n`.
 * @throws {Error} The shapes do not match.
 */
export function matmul(
  program: Program,
  a: Tensor,
  b: Tensor,
  options: { transposeA?: boolean; transposeB?: boolean; label?: string } = {},
): Tensor {
  const { transposeA = false, transposeB = false, label = `${a.label}·${b.label}` } = options;
  const [m, k] = transposeA ? [a.columns, a.rows] : [a.rows, a.columns];
  const [n, bk] = transposeB ? [b.rows, b.columns] : [b.columns, b.rows];
  if (k !== bk) throw new Error(`Cannot multiply "${a.label}" (${m}×${k}) by ${bk}×${n}`);
  const c = program.tensor(label, m, n, { differentiable: a.differentiable || b.differentiable });
  launchProduct(program, { a, b, c, m, n, k, transposeA, transposeB });
  program.onBackward(() => {
    const upstream = program.gradient(c);
    if (upstream === undefined) return;
    const toA = program.gradientTarget(a);
    if (toA !== undefined) {
      const { gradient, accumulate } = toA;
      if (transposeA) {
        const rest = { transposeA: transposeB, transposeB: true, c: gradient, accumulate };
        launchProduct(program, { a: b, b: upstream, m: k, n: m, k: n, ...rest });
      } else {
        const rest = { transposeB: !transposeB, c: gradient, accumulate };
        launchProduct(program, { a: upstream, b, m, n: k, k: n, ...rest });
      }
    }
    const toB = program.gradientTarget(b);
    if (toB !== undefined) {
      const { gradient, accumulate } = toB;
      if (transposeB) {
        const rest = { transposeA: true, transposeB: transposeA, c: gradient, accumulate };
        launchProduct(program, { a: upstream, b: a, m: n, n: k, k: m, ...rest });
      } else {
        const rest = { transposeA: !transposeA, c: gradient, accumulate };
        launchProduct(program, { a, b: upstream, m: k, n, k: m, ...rest });
      }
    }
  });
  return c;
}
