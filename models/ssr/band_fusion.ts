/**
 * What SSR scores of rows in bands: mixed, gained, gated, and summed or side by side (methods.md, §5, stage 3).
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { scaleBlocks } from "../../shaders/block_scale/block_scale.ts";
import { concatenateColumns } from "../../shaders/columns/columns.ts";
import { multiply, unary } from "../../shaders/elementwise/elementwise.ts";
import { normRatio } from "../../shaders/norm_ratio/norm_ratio.ts";
import type { WeightsOfBands } from "./band_gate.ts";
import type { BandOperator, MixedBands } from "./band_operator.ts";
import type { RowsInBands } from "./decomposition.ts";
import type { Output } from "./scored_outputs.ts";

/** What makes outputs of bands. */
export interface BandFusion {
  /** What mixes them. */
  readonly operator: BandOperator;
  /** How many there are, what is scored, and how much of it. */
  readonly settings: {
    readonly bands: number;
    readonly output: "aggregate" | "spectral" | "mix";
    readonly mix: number;
  };
}

/** What decides on gains and gates beside the bands. */
export interface FusionInputs {
  /** The gate of the rows before they are cut. */
  readonly weightsOf: WeightsOfBands;
  /** The gain of the operator, `rows×D`. */
  readonly gain?: Tensor;
  /** Factors of the bands before they are mixed, `rows×M` (default: 1). */
  readonly mask?: Tensor;
}

/** What comes of bands. */
export interface FusedBands {
  /** What is scored. */
  readonly outputs: readonly Output[];
  /** The weights of the gate, `rows×M`. */
  readonly weights: Tensor;
  /**
   * What one band gives of the outputs, with the gains, weights and lengths that all of them have: behind these the
   * outputs are linear in the bands, so that those of all bands sum to `outputs` (explain.md).
   *
   * @param band Which one.
   */
  outputsOfBand(band: number): readonly Output[];
}

/**
 * Appends what is scored of rows in bands.
 *
 * @param program The program.
 * @param fusion What makes outputs of bands.
 * @param rows The bands.
 * @param inputs What decides on gains and gates.
 */
export function fuseBands(
  program: Program,
  { operator, settings: { bands, output, mix } }: BandFusion,
  rows: RowsInBands,
  { weightsOf, gain, mask }: FusionInputs,
): FusedBands {
  const mixed = operator.mix(program, rows, mask);
  const scaled = (x: Tensor) => gain === undefined ? x : multiply(program, x, gain);
  const alpha = 1 / bands;
  const mean = gain === undefined
    ? unary(program, "affine", mixed.sum, { alpha })
    : multiply(program, mixed.sum, gain, { alpha });
  const weights = weightsOf(mean);
  const gated = scaled(mixed.weighted(weights));
  // The gate is to turn rows, and to leave their length.
  const ratio = normRatio(program, mean, gated, bands);
  const outputsOf = (mixed: MixedBands, gated: Tensor): Output[] => {
    const outputs: Output[] = [];
    if (output !== "spectral") {
      const weight = output === "mix" ? 1 - mix : 1;
      outputs.push({ rows: scaleBlocks(program, gated, ratio), weight });
    }
    if (output !== "aggregate") {
      const all = mixed.all();
      const gains = gain && concatenateColumns(program, Array(bands).fill(gain), "gains");
      const own = gains === undefined ? all : multiply(program, all, gains);
      const weighted = scaleBlocks(program, own, weights);
      const weight = output === "mix" ? mix : 1;
      outputs.push({ rows: scaleBlocks(program, weighted, ratio), weight });
    }
    return outputs;
  };
  return {
    outputs: outputsOf(mixed, gated),
    weights,
    outputsOfBand(band) {
      const alone = operator.mix(program, rows, onlyBand(program, weights.rows, bands, band));
      return outputsOf(alone, scaled(alone.weighted(weights)));
    },
  };
}

/** A mask that lets one band through. */
function onlyBand(program: Program, rows: number, bands: number, band: number): Tensor {
  const data = Float32Array.from({ length: rows * bands }, (_, n) => Number(n % bands === band));
  return program.tensor(`band ${band} alone`, rows, bands, { data, differentiable: false });
}
