/**
 * SSR's gate of bands (methods.md, §5, stage 3): a factor for each node and band, near 1.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { sliceColumns } from "../../shaders/columns/columns.ts";
import { add, unary } from "../../shaders/elementwise/elementwise.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { narrowLinear } from "../../shaders/narrow_linear/narrow_linear.ts";
import { scaleBy } from "../../shaders/scale/scale.ts";
import { initialisers, type Parameters } from "../parameters.ts";
import { innerColumns } from "./band_operator.ts";

/** A gate of bands. */
export interface BandGate {
  /**
   * The gate of some rows: `1 + g·tanh(W′·relu(W·[rep; context]))`, differentiated. What W makes of rep is computed
   * once, however many contexts follow.
   *
   * @param program The program.
   * @param rep `rows×D`.
   */
  of(program: Program, rep: Tensor): WeightsOfBands;
}

/**
 * Appends the weights of rows in a context.
 *
 * @param context `rows×D`, the mean of the bands.
 * @returns `rows×M`.
 */
export type WeightsOfBands = (context: Tensor) => Tensor;

/** g at first, and the deviation of the first W′. */
const [firstOpening, firstDeviation] = [0.1, 1e-3];

/**
 * Plans a gate.
 *
 * @param parameters Where its parameters are made.
 * @param name What they are called: `name.hidden.weight` and so on.
 * @param shape Bands, columns, and what the initial values follow from.
 */
export function bandGate(
  parameters: Parameters,
  name: string,
  shape: { readonly bands: number; readonly columns: number; readonly seed: number },
): BandGate {
  const { bands, columns, seed } = shape;
  const inner = innerColumns(columns);
  const label = `${name}.output.weight`;
  const hidden = parameters.linear(`${name}.hidden`, 2 * columns, inner, seed);
  const output = {
    weight: parameters.add(
      label,
      bands,
      inner,
      initialisers(seed).normal(firstDeviation)(label, bands, inner),
    ),
    bias: parameters.add(`${name}.output.bias`, 1, bands, new Float32Array(bands)),
  };
  const opening = parameters.add(`${name}.opening`, 1, 1, Float32Array.of(firstOpening));
  return {
    of(program, rep) {
      const [ofRep, ofContext] = [0, columns].map((first) =>
        sliceColumns(program, hidden.weight, first, columns)
      );
      const shared = linear(program, rep, ofRep, hidden.bias);
      return (context) => {
        const own = linear(program, context, ofContext, undefined);
        const inner = unary(program, "relu", add(program, shared, own));
        const bent = unary(program, "tanh", narrowLinear(program, inner, output));
        return unary(program, "affine", scaleBy(program, bent, opening), { beta: 1 });
      };
    },
  };
}
