/**
 * The device's part of Lanczos: the basis, and the launches that extend, project and restart it.
 *
 * @module
 */
import type { Memory } from "../gpu/memory.ts";
import { Program, type Tensor } from "../gpu/program.ts";
import { normalAt, streams } from "../gpu/random.ts";
import { readBuffers, readFloats } from "../gpu/readback.ts";
import { rowBlocks, rowsOfTensor } from "../gpu/row_blocks.ts";
import {
  type BlockFactor,
  normaliseBlock,
  projectOut,
  recordProjection,
  rotateBasis,
  storeBlock,
} from "../shaders/block_basis/block_basis.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import type { LanczosProblem } from "./lanczos.ts";

/** Sizes of a basis. */
export interface BasisSizes {
  /** Columns m, a multiple of the block. */
  readonly size: number;
  /** Columns that stay at a restart, a multiple of the block. */
  readonly kept: number;
  /** Columns of a block. */
  readonly block: number;
  /** Number of wanted vectors. */
  readonly wanted: number;
  /** Decides on the first block. */
  readonly seed: number;
}

/** What one round has measured. */
export interface ProjectedProblem {
  /** `VᵀAV`, `m×m`: the columns of this round, down to their own block. */
  readonly matrix: Float32Array;
  /** R, `b×b`, with `AQ = V·(VᵀAQ) + Q'·R` for the last block Q and the next one Q'. */
  readonly next: Float64Array;
}

/** Squared norms below which a column of a block has nothing but rounding errors. */
const least = { before: 1e-20, after: 1e-8 };

/** Columns for known vectors and for the answer come by fours. */
const byFours = (count: number) => Math.ceil(count / 4) * 4;

/** Deterministic: a function of the seed, of the number of the block and of the place. */
function randomBlock({ seed, block }: BasisSizes, rows: number, number: number): Float32Array {
  const count = rows * block;
  const value = (_: unknown, place: number) =>
    normalAt(seed, streams.eigenvectors, number * count + place);
  return Float32Array.from({ length: count }, value);
}

/** A basis on the device. */
export class LanczosBasis {
  readonly #memory: Memory;
  readonly #sizes: BasisSizes;
  /** Columns of known vectors, before those of the search. */
  readonly #known: number;
  readonly #table: Tensor;
  readonly #block: Tensor;
  readonly #projected: Tensor;
  readonly #ritz: Tensor;
  readonly #first: BlockFactor;
  readonly #second: BlockFactor;
  readonly #starting: Program;
  readonly #operator: Program;
  readonly #steps: Program;
  readonly #restarting: Program;
  readonly #renewing: Program;
  /** Where the launches of each step end. */
  readonly #ends: number[] = [0];

  private constructor(memory: Memory, problem: LanczosProblem, sizes: BasisSizes) {
    const { size: n, known, label } = problem;
    const { size, kept, block: b } = sizes;
    const plan = new Program(memory, `basis of ${label}`);
    const before = byFours(known.length);
    this.#memory = memory;
    this.#sizes = sizes;
    this.#known = before;
    this.#table = plan.tensor("basis", n, before + size);
    this.#block = plan.tensor("block", n, b, { data: randomBlock(sizes, n, 0) });
    const image = plan.tensor("image of the block", n, b);
    const next = plan.tensor("next block", n, b);
    const coefficients = ["first", "second"].map((pass) =>
      plan.tensor(`coefficients of the ${pass} pass`, before + size, b)
    );
    const factorOf = (pass: string): BlockFactor => ({
      factor: plan.tensor(`factor of the ${pass} pass`, b, b),
      inverse: plan.tensor(`inverse factor of the ${pass} pass`, b, b),
    });
    this.#first = factorOf("first");
    this.#second = factorOf("second");
    this.#projected = plan.tensor("projected operator", size, size);
    this.#ritz = plan.tensor("Ritz vectors in the basis", size, kept);

    /** Orthonormalises a block against the basis and in itself; the result is the current block. */
    const orthonormalise = (program: Program, columns: number, x: Tensor, between?: () => void) => {
      projectOut(program, this.#table, columns, x, coefficients[0]);
      normaliseBlock(program, x, next, this.#first, least.before);
      projectOut(program, this.#table, columns, next, coefficients[1]);
      between?.();
      normaliseBlock(program, next, this.#block, this.#second, least.after);
    };

    this.#starting = new Program(memory, "start of the search");
    if (before > 0) {
      const data = new Float32Array(n * before);
      known.forEach((vector, k) => vector.forEach((value, row) => data[row * before + k] = value));
      const vectors = this.#starting.tensor("known eigenvectors", n, before, { data });
      storeBlock(this.#starting, vectors, this.#table, 0);
    }
    orthonormalise(this.#starting, before, this.#block);
    storeBlock(this.#starting, this.#block, this.#table, before);

    this.#operator = new Program(memory, "operator");
    problem.append(this.#operator, this.#block, image);

    this.#steps = new Program(memory, "steps of the search");
    for (let column = 0; column < size; column += b) {
      const rows = column + b;
      orthonormalise(this.#steps, before + rows, image, () =>
        recordProjection(
          this.#steps,
          { first: coefficients[0], second: coefficients[1], factor: this.#first.factor },
          this.#projected,
          { first: before, rows, column },
        ));
      // The block after the last is stored by the restart.
      if (rows < size) storeBlock(this.#steps, this.#block, this.#table, before + rows);
      this.#ends.push(this.#steps.launches);
    }

    this.#restarting = new Program(memory, "restart of the search");
    rotateBasis(this.#restarting, this.#table, before, this.#ritz);
    storeBlock(this.#restarting, this.#block, this.#table, before + kept);

    this.#renewing = new Program(memory, "new block of the search");
    orthonormalise(this.#renewing, before + kept, this.#block);
    storeBlock(this.#renewing, this.#block, this.#table, before + kept);
  }

  /**
   * Plans a basis and allocates it.
   *
   * @param memory Where.
   * @param problem The operator.
   * @param sizes The sizes.
   * @throws {GpuError} The device lacks memory.
   */
  static async create(
    memory: Memory,
    problem: LanczosProblem,
    sizes: BasisSizes,
  ): Promise<LanczosBasis> {
    const basis = new LanczosBasis(memory, problem, sizes);
    await basis.#starting.compile();
    await basis.#operator.compile();
    await basis.#steps.compile();
    await basis.#restarting.compile();
    await basis.#renewing.compile();
    return basis;
  }

  /** Makes the first block. */
  start(): void {
    this.#starting.submit();
  }

  /**
   * Applies the operator to the block at a column, and makes the next block.
   *
   * @param column A multiple of the block.
   */
  extend(column: number): void {
    const step = column / this.#sizes.block;
    this.#operator.submit();
    this.#steps.submit(this.#ends[step], this.#ends[step + 1]);
  }

  /** Reads what this round has measured: the one wait of a round. */
  async project(): Promise<ProjectedProblem> {
    const { block: b } = this.#sizes;
    const read = [this.#projected, this.#first.factor, this.#second.factor];
    const [matrix, first, second] = (await readBuffers(
      this.#memory,
      read.map(({ allocation, rows, columns }) => ({ allocation, bytes: rows * columns * 4 })),
    )).map((bytes) => new Float32Array(bytes));
    const next = new Float64Array(b * b);
    for (let i = 0; i < b; i++) {
      for (let l = 0; l < b; l++) {
        for (let j = 0; j < b; j++) next[i * b + j] += second[i * b + l] * first[l * b + j];
      }
    }
    return { matrix, next };
  }

  /**
   * Puts the first Ritz vectors in the place of the basis, and the next block after them.
   *
   * @param vectors The eigenvectors of the projected operator, `m×m`.
   * @param renewal Number of the random block that takes the place of the next one, if one does.
   */
  restart(vectors: Float64Array, renewal?: number): void {
    const { kept } = this.#sizes;
    this.#memory.write(this.#ritz.allocation, this.#leading(vectors, kept));
    this.#restarting.submit();
    if (renewal === undefined) return;
    const random = randomBlock(this.#sizes, this.#table.rows, renewal);
    this.#memory.write(this.#block.allocation, random);
    this.#renewing.submit();
  }

  /**
   * The wanted Ritz vectors.
   *
   * @param vectors The eigenvectors of the projected operator, `m×m`.
   * @returns `n×wanted`, row-major.
   */
  async vectors(vectors: Float64Array): Promise<Float32Array> {
    const { wanted, size: m } = this.#sizes;
    const n = this.#table.rows;
    const columns = byFours(wanted);
    const program = new Program(this.#memory, "Ritz vectors");
    const s = program.tensor("wanted Ritz vectors", m, columns, {
      data: this.#leading(vectors, columns),
    });
    const result = program.tensor("eigenvectors", n, columns);
    const blocks = rowBlocks(program, this.#table, [result]);
    for (const { first, rows, range: a } of blocks) {
      const c = blocks.length > 1 ? rowsOfTensor(result, first, rows) : result;
      const aStride = this.#table.columns;
      const shape = { m: rows, n: columns, k: m, aStride, aColumn: this.#known };
      launchProduct(program, { a, b: s, c, ...shape });
    }
    await program.compile();
    program.submit();
    const all = await readFloats(this.#memory, result.allocation, n * columns);
    if (columns === wanted) return all;
    const narrow = new Float32Array(n * wanted);
    for (let row = 0; row < n; row++) {
      narrow.set(all.subarray(row * columns, row * columns + wanted), row * wanted);
    }
    return narrow;
  }

  #leading(vectors: Float64Array, columns: number): Float32Array {
    const { size: m } = this.#sizes;
    const result = new Float32Array(m * columns);
    for (let row = 0; row < m; row++) {
      result.set(vectors.subarray(row * m, row * m + columns), row * columns);
    }
    return result;
  }
}
