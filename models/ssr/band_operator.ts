/**
 * SSR's operators on bands (methods.md, §5, stage 3): G-HSNO, the hyperspectral operator in CP form, or
 * none.
 *
 * Every operator maps bands x_1 … x_M to y_1 … y_M; what reads them wants sums of them, weighted or not,
 * and only the spectral output wants them all. So sums are taken without the y_m where that is less
 * work: with G-HSNO `Σ_m w_m·y_m = Σ_n (w·Π)_n·x_n`, and `Σ_m y_m = Σ_n x_n`, for the columns of Π sum
 * to 1.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { scaleBlocks } from "../../shaders/block_scale/block_scale.ts";
import { cpOperator, mixBlocks } from "../../shaders/cp_operator/cp_operator.ts";
import { fill, multiply, unary } from "../../shaders/elementwise/elementwise.ts";
import type { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { matmul } from "../../shaders/matmul/matmul.ts";
import { mixBands } from "../../shaders/mix_bands/mix_bands.ts";
import { scaleColumns } from "../../shaders/scale/scale.ts";
import { softmaxRows } from "../../shaders/softmax/softmax.ts";
import { squareLoss } from "../../shaders/square_loss/square_loss.ts";
import { initialisers, type Parameters } from "../parameters.ts";
import type { RowsInBands } from "./decomposition.ts";

/** What an operator makes of the bands of some rows. */
export interface MixedBands {
  /** `Σ_m y_m`, `rows×D`. */
  readonly sum: Tensor;
  /**
   * `Σ_m w_rm·y_m`, `rows×D`.
   *
   * @param weights `rows×M`.
   */
  weighted(weights: Tensor): Tensor;
  /** `[y_1 | … | y_M]`, `rows×(M·D)`. */
  all(): Tensor;
}

/** An operator on bands, with its parameters. */
export interface BandOperator {
  /**
   * Mixes bands.
   *
   * @param program The program.
   * @param rows The bands.
   * @param mask `rows×M`, factors of the bands before they are mixed (default: 1).
   */
  mix(program: Program, rows: RowsInBands, mask?: Tensor): MixedBands;
  /**
   * `a⊙φ`, the factors of rows and columns behind the mixing; `undefined` where there are none.
   *
   * @param program The program.
   * @param rep `rows×D`, what a follows from.
   */
  gain(program: Program, rep: Tensor): Tensor | undefined;
  /**
   * Adds `weight·(mean K² + mean γ²)`, K being what decides on the mixing.
   *
   * @param losses The terms.
   * @param weight Factor of the terms.
   */
  regularise(losses: LossTerms, weight: number): void;
  /**
   * The matrix whose entry (m, n) is the share of band n in output m, `M×M`.
   *
   * @param program The program.
   */
  mixing(program: Program): Tensor | undefined;
}

/** The sizes of an operator. */
export interface OperatorShape {
  /** Number of bands M. */
  readonly bands: number;
  /** Columns D. */
  readonly columns: number;
  /** Rank r. */
  readonly rank: number;
  /** What the parameters' initial values follow from. */
  readonly seed: number;
}

/**
 * Plans an operator.
 *
 * @param kind Which one.
 * @param parameters Where its parameters are made.
 * @param name What they are called: `name.query` and so on.
 * @param shape The sizes.
 */
export function bandOperator(
  kind: "ghsno" | "cp" | "none",
  parameters: Parameters,
  name: string,
  shape: OperatorShape,
): BandOperator {
  if (kind === "none") {
    return {
      mix: (program, rows, mask) => mixLinearly(program, rows, mask),
      gain: () => undefined,
      regularise: () => {},
      mixing: () => undefined,
    };
  }
  const gains = gainParameters(parameters, name, shape);
  const mixer = kind === "ghsno"
    ? softmaxMixer(parameters, name, shape)
    : cpMixer(parameters, name, shape);
  return {
    ...mixer,
    gain: gains.gain,
    regularise(losses, weight) {
      const { program } = losses;
      const logits = mixer.logits(program);
      const mean = (x: Tensor) => 2 * weight / (x.rows * x.columns);
      squareLoss(losses, logits, mean(logits), `${name} mixing`);
      squareLoss(losses, gains.logGain, mean(gains.logGain), `${name} gains`);
    },
  };
}

/** A node's gain a and the columns' gain φ, which G-HSNO and the CP form have alike. */
function gainParameters(parameters: Parameters, name: string, shape: OperatorShape) {
  const { columns, rank, seed } = shape;
  const { normal } = initialisers(seed);
  const inner = innerColumns(columns);
  const logGain = parameters.add(
    `${name}.log gain`,
    rank,
    columns,
    normal(1)(`${name}.log gain`, rank, columns),
  );
  const rankWeights = parameters.add(`${name}.rank weights`, 1, rank, new Float32Array(rank));
  const hidden = parameters.linear(`${name}.node gain.hidden`, columns, inner, seed);
  const output = parameters.linear(`${name}.node gain.output`, inner, columns, seed);
  return {
    logGain,
    gain(program: Program, rep: Tensor): Tensor {
      const inside = linear(program, rep, hidden.weight, hidden.bias, { activation: "relu" });
      const node = linear(program, inside, output.weight, output.bias, { activation: "sigmoid" });
      const bounded = unary(program, "affine", unary(program, "tanh", logGain), { alpha: 0.1 });
      const shares = softmaxRows(program, rankWeights);
      const column = matmul(program, shares, unary(program, "exp", bounded));
      return scaleColumns(program, node, column);
    },
  };
}

/**
 * The width inside of the networks behind D columns: a quarter, in whole vectors.
 *
 * @param columns D.
 */
export function innerColumns(columns: number): number {
  return 4 * Math.ceil(columns / 16);
}

/** Bands times the mask, mixed by Π where there is one: `y_m = Σ_n Π_mn·mask_n·x_n`. */
function mixLinearly(
  program: Program,
  { bands, signal }: RowsInBands,
  mask: Tensor | undefined,
  turned?: Tensor,
): MixedBands {
  return {
    // The columns of Π sum to 1.
    sum: mask === undefined ? signal : mixBands(program, bands, mask, "kept bands"),
    weighted(weights) {
      const mixed = turned === undefined
        ? weights
        : matmul(program, weights, turned, { transposeB: true });
      const factors = mask === undefined ? mixed : multiply(program, mixed, mask);
      return mixBands(program, bands, factors, "weighted bands");
    },
    all() {
      const kept = mask === undefined ? bands : scaleBlocks(program, bands, mask);
      return turned === undefined ? kept : mixBlocks(program, kept, turned, false);
    },
  };
}

function softmaxMixer(parameters: Parameters, name: string, shape: OperatorShape) {
  const { bands, rank, seed } = shape;
  const { xavierNormal } = initialisers(seed);
  const [query, key] = ["query", "key"].map((part) => {
    const label = `${name}.${part}`;
    return parameters.add(label, bands, rank, xavierNormal(label, bands, rank));
  });
  /** Kᵀ, so that the softmax over output bands runs along rows. */
  const logits = (program: Program) => {
    const product = matmul(program, key, query, { transposeB: true });
    return unary(program, "affine", product, { alpha: 1 / Math.sqrt(rank) });
  };
  return {
    logits,
    mix: (program: Program, rows: RowsInBands, mask?: Tensor) =>
      mixLinearly(program, rows, mask, softmaxRows(program, logits(program))),
    mixing(program: Program): Tensor {
      const identity = program.tensor("identity", bands, bands, {
        data: identityMatrix(bands),
        differentiable: false,
      });
      const turned = softmaxRows(program, logits(program));
      return matmul(program, turned, identity, { transposeA: true, label: "mixing" });
    },
  };
}

/**
 * At first `Σ_m y_m = Σ_n x_n`, as it is with G-HSNO: bands are dealt out to the ranks, a rank gives the
 * mean of its bands to each of them, and what ranks are left over take nothing in.
 */
function cpMixer(parameters: Parameters, name: string, shape: OperatorShape) {
  const { bands, columns, rank, seed } = shape;
  const { xavierNormal } = initialisers(seed);
  const spare = xavierNormal(`${name}.output`, bands, rank);
  const isOwn = (band: number, rho: number) => band % rank === rho;
  const sharing = (rho: number) => Math.ceil((bands - rho) / rank);
  const table = (value: (band: number, rho: number) => number) =>
    Float32Array.from(
      { length: bands * rank },
      (_, at) => value(Math.floor(at / rank), at % rank),
    );
  const output = parameters.add(
    `${name}.output`,
    bands,
    rank,
    table((band, rho) => rho < bands ? Number(isOwn(band, rho)) : spare[band * rank + rho]),
  );
  const input = parameters.add(
    `${name}.input`,
    bands,
    rank,
    table((band, rho) => isOwn(band, rho) ? 1 / sharing(rho) : 0),
  );
  const width = rank * columns;
  const filters = parameters.add(`${name}.filters`, 1, width, new Float32Array(width).fill(1));
  const logits = (program: Program) => matmul(program, output, input, { transposeB: true });
  return {
    logits,
    mixing: logits,
    mix(program: Program, { bands: given }: RowsInBands, mask?: Tensor): MixedBands {
      const kept = mask === undefined ? given : scaleBlocks(program, given, mask);
      const inner = scaleColumns(program, mixBlocks(program, kept, input, false), filters);
      const weighted = (weights: Tensor) =>
        mixBands(program, inner, matmul(program, weights, output), "weighted bands");
      const ones = program.tensor("ones", kept.rows, bands, { differentiable: false });
      fill(program, ones, 1);
      return {
        sum: weighted(ones),
        weighted,
        all: () => cpOperator(program, kept, { output, input, columns: filters }),
      };
    },
  };
}

function identityMatrix(size: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: size * size }, (_, at) => Number(at % (size + 1) === 0));
}
