/**
 * Frequency bands of signals on a graph by its eigenvectors (SSR; methods.md, §5): coefficients of the
 * graph Fourier transform, borders of equal energy, and the bands, without a readback.
 *
 * @module
 */
import type { Allocation } from "../../gpu/memory.ts";
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { BufferRange, Tensor } from "../../gpu/tensor.ts";
import { rowBlocks, rowsOfTensor } from "../../gpu/row_blocks.ts";
import { elementKernel } from "../common/element/element.ts";
import { gatherStack } from "../gather/gather.ts";
import type { RowList } from "../gather/row_lists.ts";
import { launchProduct } from "../matmul/matmul.ts";
import { sumAll } from "../reduce/reduce.ts";
import { launchWeightedSum, weightedSums } from "../weighted_sum/weighted_sum.ts";
import bordersSource from "./borders.wgsl" with { type: "text" };
import maskSource from "./mask.wgsl" with { type: "text" };
import powersSource from "./powers.wgsl" with { type: "text" };

const bordersKernel = kernel("eigen_bands/borders", bordersSource);
const maskKernel = elementKernel("eigen_bands/mask", maskSource);
const powersKernel = elementKernel("eigen_bands/powers", powersSource);

/** Limits stand so far apart that each can be bound by itself. */
const limitBytes = 256;
/** Sums of one product that stops at a limit are not cut in parts. */
const longestLimitedSum = 32768;

/** Where bands meet. */
export type Borders = "energy" | readonly number[];

/** How a signal is cut into bands. */
export interface EigenBandOptions {
  /** Number of bands M, at least 1. */
  readonly bands: number;
  /**
   * `"energy"`: bands of equal energy, cut anew in every run of the program. Or M−1 ascending numbers:
   * band j has the coefficients from border j−1 up to border j; the last band has all further ones.
   */
  readonly borders: Borders;
  /** Rows whose bands are wanted, one list's below the other's (default: all). */
  readonly rows?: readonly { readonly list: RowList; readonly firstRow: number }[];
}

/** A signal in bands. */
export interface EigenBands {
  /** M tensors of `rows×d`, the lowest frequency first; the last has the remainder too. */
  readonly bands: Tensor[];
  /** M+1 borders among the K coefficients and the remainder, u32: 0, …, K+1. */
  readonly borders: Allocation;
  /** The energy of each of the K coefficients, f32, summed over the sources. */
  readonly powers: Allocation;
  /** The energy of each source, f32. */
  readonly energies: Allocation;
}

/**
 * The bands of `X = Σ sources`, differentiated; the borders are not.
 *
 * With `C = BᵀX`, band j is `B[:,j]·C[j]` for the coefficients of band j, and the last is what the
 * others leave of X, so that the bands add up to X for any number of eigenvectors. The energies that
 * decide on the borders are those of the sources, one by one, not of their sum.
 *
 * @param program The program.
 * @param basis B, `n×K` orthonormal columns, by ascending frequency; it takes no gradient. It may be
 * larger than a binding.
 * @param sources Tensors of `n×d`, at least one.
 * @param options How X is cut.
 * @throws {Error} The shapes or the number of borders do not match.
 */
export function eigenBands(
  program: Program,
  basis: Tensor,
  sources: readonly Tensor[],
  options: EigenBandOptions,
): EigenBands {
  const { bands: count, rows } = options;
  const { columns } = sources[0];
  const { coefficients, powers, energies } = graphFourier(program, basis, sources);
  const { borders, limits } = launchBorders(program, powers, energies, {
    coefficients: basis.columns,
    sources: sources.length,
    ...options,
  });
  const fits = basis.allocation.bytes <= program.memory.gpu.limits.maxStorageBufferBindingSize;
  const pick = (table: Tensor) =>
    rows === undefined ? table : gatherStack(
      program,
      rows.map(({ list, firstRow }) => ({ table, list, firstRow })),
      `rows of ${table.label}`,
    );
  // A basis that cannot be bound as a whole gives all rows of a band, which then are picked.
  const basisRows = fits ? pick(basis) : basis;
  const lower = Array.from({ length: count - 1 }, (_, band) => {
    const y = bandOf(program, basisRows, coefficients, { borders, limits, band });
    return fits ? y : pick(y);
  });
  const picked = sources.map(pick);
  const weights = [...picked.map(() => 1), ...lower.map(() => -1)];
  const top = weightedSums(program, [...picked, ...lower], [weights], `band ${count - 1}`);
  if (top.columns !== columns) throw new Error("Sources differ in columns");
  return { bands: [...lower, top], borders, powers, energies };
}

/** Coefficients of the graph Fourier transform. */
export interface GraphFourier {
  /** `C = Bᵀ·Σ sources`, `K×d`. */
  readonly coefficients: Tensor;
  /** The energy of each coefficient, f32, summed over the sources. */
  readonly powers: Allocation;
  /** The energy of each source, f32. */
  readonly energies: Allocation;
}

/**
 * `C = Bᵀ·X` for `X = Σ sources`, differentiated (`∂X = B·∂C`), with the energies of the sources' own
 * coefficients.
 *
 * @param program The program.
 * @param basis B, `n×K` orthonormal columns; it takes no gradient.
 * @param sources Tensors of `n×d`, at least one.
 * @throws {Error} The shapes do not match.
 */
export function graphFourier(
  program: Program,
  basis: Tensor,
  sources: readonly Tensor[],
): GraphFourier {
  const { rows: n, columns: k } = basis;
  const { columns: d } = sources[0];
  const label = sources.map((source) => source.label).join(" + ");
  const differentiable = sources.some((source) => source.differentiable);
  const powers = program.buffer(`powers of ${label}`, k * 4);
  const energies = program.buffer(`energies of ${label}`, sources.length * 4);
  const { kernel, width } = powersKernel(d);
  const own = sources.map((source, s) => {
    if (source.rows !== n || source.columns !== d) {
      throw new Error(`"${source.label}" is ${source.rows}×${source.columns}, expected ${n}×${d}`);
    }
    const c = program.tensor(`coefficients of ${source.label}`, k, d, { differentiable });
    for (const { first, rows, a, b } of blocksOf(program, basis, source)) {
      const accumulate = first > 0;
      launchProduct(program, { a, b, c, m: k, n: d, k: rows, transposeA: true, accumulate });
    }
    program.launch(kernel, {
      buffers: { coefficients: c, powers },
      uniforms: { rows: k, columns: d / width },
      constants: { accumulate: Number(s > 0) },
      threads: k,
    });
    sumAll(program, source, energies, s, { count: n * d, square: true });
    return c;
  });
  if (sources.length === 1) {
    const [coefficients] = own;
    program.onBackward(() => {
      const upstream = program.gradient(coefficients);
      const target = upstream && program.gradientTarget(sources[0]);
      if (target) launchSynthesis(program, basis, upstream, target.gradient, target.accumulate);
    });
    return { coefficients, powers, energies };
  }
  const coefficients = program.tensor(`coefficients of ${label}`, k, d, { differentiable });
  launchWeightedSum(program, own.map((x) => ({ x, weight: 1 })), coefficients, k * d);
  program.onBackward(() => {
    const upstream = program.gradient(coefficients);
    const targets = upstream === undefined
      ? []
      : sources.flatMap((source) => program.gradientTarget(source) ?? []);
    if (upstream === undefined || targets.length === 0) return;
    // The same gradient for all sources: one product.
    const x = program.tensor(`d ${label}`, n, d);
    launchSynthesis(program, basis, upstream, x, false);
    for (const { gradient, accumulate } of targets) {
      launchWeightedSum(program, [{ x, weight: 1 }], gradient, n * d, accumulate);
    }
  });
  return { coefficients, powers, energies };
}

/** Rows of the basis and of a signal that can be bound. */
function blocksOf(program: Program, basis: Tensor, signal: Tensor) {
  return rowBlocks(program, basis, [signal]).map(({ first, rows, range }) => ({
    first,
    rows,
    a: range,
    b: rowsOfTensor(signal, first, rows),
  }));
}

/** Appends `y = B·c`. */
function launchSynthesis(
  program: Program,
  basis: Tensor,
  c: Tensor,
  y: Tensor,
  accumulate: boolean,
): void {
  for (const { rows, a, b } of blocksOf(program, basis, y)) {
    launchProduct(program, { a, b: c, c: b, m: rows, n: c.columns, k: basis.columns, accumulate });
  }
}

/** Where bands begin and end, on the device. */
interface DeviceBorders {
  /** M+1 borders, u32. */
  readonly borders: Allocation;
  /** Where products for each band may stop, u32, {@linkcode limitBytes} apart. */
  readonly limits: Allocation;
}

function launchBorders(
  program: Program,
  powers: Allocation,
  energies: Allocation,
  options: EigenBandOptions & { coefficients: number; sources: number },
): DeviceBorders {
  const { bands, borders: kind, coefficients, sources } = options;
  if (kind === "energy") {
    const borders = program.buffer("band borders", (bands + 1) * 4);
    const limits = program.buffer("band limits", bands * limitBytes);
    program.launch(bordersKernel, {
      buffers: { powers, signal: energies, borders, limits },
      partial: ["limits"],
      uniforms: { coefficients, bands, sources },
      threads: bands + 1,
    });
    return { borders, limits };
  }
  const isAscending = kind.every((border, n) => border >= (kind[n - 1] ?? 0));
  if (kind.length !== bands - 1 || !isAscending || (kind.at(-1) ?? 0) > coefficients + 1) {
    throw new Error(
      `${bands} bands have ${bands - 1} ascending borders up to ${coefficients + 1}, not ${kind}`,
    );
  }
  const all = Uint32Array.of(0, ...kind, coefficients + 1);
  const ends = new Uint32Array(bands * limitBytes / 4);
  for (let band = 0; band < bands; band++) {
    ends[band * limitBytes / 4] = Math.min(Math.ceil(all[band + 1] / 4) * 4, coefficients);
  }
  return {
    borders: program.buffer("band borders", all.byteLength, all),
    limits: program.buffer("band limits", ends.byteLength, ends),
  };
}

/** `B·mask(C)`, differentiated: one band of a signal, at the rows of B that are given. */
function bandOf(
  program: Program,
  basis: Tensor,
  coefficients: Tensor,
  { borders, limits, band }: DeviceBorders & { band: number },
): Tensor {
  const { rows: n, columns: k } = basis;
  const { columns: d, differentiable } = coefficients;
  const count: BufferRange = {
    allocation: limits,
    offset: band * limitBytes,
    bytes: limitBytes,
  };
  const { kernel, width } = maskKernel(d);
  const launchMask = (x: Tensor, y: Tensor, accumulate: boolean) =>
    program.launch(kernel, {
      buffers: { x, borders, y },
      uniforms: { count: k * d / width, columns: d / width, band },
      constants: { accumulate: Number(accumulate) },
      threads: k * d / width,
    });
  const masked = program.tensor(`coefficients of band ${band}`, k, d);
  launchMask(coefficients, masked, false);
  const y = program.tensor(`band ${band}`, n, d, { differentiable });
  const upTo = k <= longestLimitedSum ? { limit: { count, factor: 1, kFirst: 0 } } : {};
  for (const { rows, a, b } of blocksOf(program, basis, y)) {
    launchProduct(program, { a, b: masked, c: b, m: rows, n: d, k, ...upTo });
  }
  program.onBackward(() => {
    const upstream = program.gradient(y);
    const target = upstream && program.gradientTarget(coefficients);
    if (!target) return;
    const all = program.tensor(`d ${masked.label}`, k, d);
    for (const { first, rows, a, b } of blocksOf(program, basis, upstream)) {
      const limit = rows <= longestLimitedSum ? { limit: { count, factor: 1, mFirst: 0 } } : {};
      const shape = { m: k, n: d, k: rows, transposeA: true, accumulate: first > 0 };
      launchProduct(program, { a, b, c: all, ...shape, ...limit });
    }
    launchMask(all, target.gradient, target.accumulate);
  });
  return y;
}
