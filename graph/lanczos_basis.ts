/**
 * The device's part of Lanczos: the basis, and the launches that extend, project and restart it.
 *
 * @module
 */
import type { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { paddedColumns, type Tensor } from "../gpu/tensor.ts";
import { normalAt, streams } from "../gpu/random.ts";
import { readBuffers, readFloats } from "../gpu/readback.ts";
import { rowBlocks, rowsOfTensor } from "../gpu/row_blocks.ts";
import {
  normaliseBlock,
  projectOut,
  recordProjection,
  rotateBasis,
  storeBlock,
} from "../shaders/block_basis/block_basis.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import { launchWeightedSum } from "../shaders/weighted_sum/weighted_sum.ts";
import type { LanczosProblem } from "./lanczos_problem.ts";

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
  /**
   * Lengths of the columns of this round and of the next block before they were made unit vectors, at
   * their places in the basis. Those that were 0 are zero: the space is exhausted there.
   */
  readonly lengths: Float32Array;
}

/** Deterministic: a function of the seed, of the number of the block and of the place. */
function randomBlock(seed: number, rows: number, columns: number, number: number): Float32Array {
  const count = rows * columns;
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
  readonly #factors: readonly [Tensor, Tensor];
  readonly #lengths: Tensor;
  readonly #fill: Tensor;
  readonly #starting: Program;
  readonly #operator: Program;
  readonly #steps: Program;
  readonly #restarting: Program;
  /** Where the launches of each step end. */
  readonly #ends: number[] = [0];

  private constructor(memory: Memory, problem: LanczosProblem, sizes: BasisSizes) {
    const { size: n, known, label } = problem;
    const { size, kept, block: b } = sizes;
    const plan = new Program(memory, `basis of ${label}`);
    const before = paddedColumns(known.length);
    this.#memory = memory;
    this.#sizes = sizes;
    this.#known = before;
    this.#table = plan.tensor("basis", n, before + size);
    this.#block = plan.tensor("block", n, b, { data: randomBlock(sizes.seed, n, b, 0) });
    const image = plan.tensor("image of the block", n, b);
    const next = plan.tensor("next block", n, b);
    const coefficients = ["first", "second"].map((pass) =>
      plan.tensor(`coefficients of the ${pass} pass`, before + size, b)
    );
    const square = (label: string) => plan.tensor(label, b, b);
    const [firstFactor, secondFactor] = ["first", "second"].map((pass) => ({
      factor: square(`factor of the ${pass} pass`),
      inverse: square(`inverse factor of the ${pass} pass`),
    }));
    this.#factors = [firstFactor.factor, secondFactor.factor];
    this.#lengths = plan.tensor("lengths", 1, size + b);
    const firstLengths = { tensor: plan.tensor("lengths of the first pass", 1, b), first: 0 };
    this.#fill = plan.tensor("random columns", n, b);
    this.#projected = plan.tensor("projected operator", size, size);
    this.#ritz = plan.tensor("Ritz vectors in the basis", size, kept);

    /** Makes x orthonormal, and so to what stands before `column`; it becomes the current block. */
    const orthonormalise = (program: Program, x: Tensor, column: number, between?: () => void) => {
      const columns = before + column;
      const [first, second] = coefficients.map((h) => ({ coefficients: h, columns }));
      const lengths = { tensor: this.#lengths, first: column };
      projectOut(program, this.#table, columns, x, first.coefficients);
      const factor = { ...firstFactor, lengths: firstLengths };
      normaliseBlock(program, x, next, factor, "first", first);
      projectOut(program, this.#table, columns, next, second.coefficients);
      between?.();
      normaliseBlock(
        program,
        next,
        this.#block,
        { ...secondFactor, lengths },
        "second",
        second,
      );
    };

    this.#starting = new Program(memory, "start of the search");
    if (before > 0) {
      const data = new Float32Array(n * before);
      known.forEach((vector, k) => vector.forEach((value, row) => data[row * before + k] = value));
      const vectors = this.#starting.tensor("known eigenvectors", n, before, { data });
      storeBlock(this.#starting, vectors, this.#table, 0);
    }
    orthonormalise(this.#starting, this.#block, 0);
    storeBlock(this.#starting, this.#block, this.#table, before);

    this.#operator = new Program(memory, "operator");
    problem.append(this.#operator, this.#block, image);

    this.#steps = new Program(memory, "steps of the search");
    for (let column = 0; column < size; column += b) {
      const rows = column + b;
      orthonormalise(this.#steps, image, rows, () =>
        recordProjection(
          this.#steps,
          { first: coefficients[0], second: coefficients[1], factor: firstFactor.factor },
          this.#projected,
          { first: before, rows, column },
        ));
      // The block after the last is stored by the restart.
      if (rows < size) storeBlock(this.#steps, this.#block, this.#table, before + rows);
      this.#ends.push(this.#steps.launches);
    }

    this.#restarting = new Program(memory, "restart of the search");
    rotateBasis(this.#restarting, this.#table, before, this.#ritz);
    const terms = [this.#block, this.#fill].map((x) => ({ x, weight: 1 }));
    launchWeightedSum(this.#restarting, terms, image, n * b);
    orthonormalise(this.#restarting, image, kept);
    storeBlock(this.#restarting, this.#block, this.#table, before + kept);
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
    const read = [this.#projected, ...this.#factors, this.#lengths];
    const [matrix, first, second, lengths] = (await readBuffers(
      this.#memory,
      read.map(({ allocation, rows, columns }) => ({ allocation, bytes: rows * columns * 4 })),
    )).map((bytes) => new Float32Array(bytes));
    const next = new Float64Array(b * b);
    for (let i = 0; i < b; i++) {
      for (let l = 0; l < b; l++) {
        for (let j = 0; j < b; j++) next[i * b + j] += second[i * b + l] * first[l * b + j];
      }
    }
    return { matrix, next, lengths };
  }

  /**
   * Puts the first Ritz vectors in the place of the basis, and the next block after them.
   *
   * @param vectors The eigenvectors of the projected operator, `m×m`.
   * @param count How many of the first Ritz vectors stay; the others become zero.
   * @param renewed Which columns of the next block random numbers are added to.
   * @param restarts Number of the restart: other random numbers for each.
   */
  restart(
    vectors: Float64Array,
    count: number,
    renewed: readonly boolean[],
    restarts: number,
  ): void {
    const { kept, seed, block } = this.#sizes;
    this.#memory.write(this.#ritz.allocation, this.#leading(vectors, count, kept));
    const rows = this.#table.rows;
    const fill = renewed.includes(true)
      ? randomBlock(seed, rows, block, restarts + 1)
      : new Float32Array(rows * block);
    fill.forEach((_, place) => {
      if (!renewed[place % block]) fill[place] = 0;
    });
    this.#memory.write(this.#fill.allocation, fill);
    this.#restarting.submit();
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
    const columns = paddedColumns(wanted);
    const program = new Program(this.#memory, "Ritz vectors");
    const s = program.tensor("wanted Ritz vectors", m, columns, {
      data: this.#leading(vectors, columns, columns),
    });
    const result = program.tensor("eigenvectors", n, columns);
    for (const { first, rows, range: a } of rowBlocks(program, this.#table, [result])) {
      const c = rowsOfTensor(result, first, rows);
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

  /** The first eigenvectors in a table of so many columns. */
  #leading(vectors: Float64Array, count: number, columns: number): Float32Array {
    const { size: m } = this.#sizes;
    const result = new Float32Array(m * columns);
    for (let row = 0; row < m; row++) {
      result.set(vectors.subarray(row * m, row * m + count), row * columns);
    }
    return result;
  }
}
