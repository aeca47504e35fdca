/**
 * How SSR compares with its reference implementation.
 *
 * @module
 */
import type { Reference } from "../model.ts";
import {
  branchReferenceSettings,
  branchReferenceTensors,
  linearReference,
} from "../backbone/branches.ts";

/** What the reference calls the ways to put bands out. */
const outputs: Readonly<Record<string, string>> = {
  aggr: "aggregate",
  spec: "spectral",
  mix: "mix",
};

/** Names and settings of the reference. */
export const ssrReference: Reference = {
  model: "SSR",
  settings: (hyper) => ({
    ...branchReferenceSettings(hyper),
    bands: hyper.band_num,
    order: hyper.k_poly,
    mask_rate: hyper.ma_rate,
    mask_weight: hyper.ma_weight,
    operator_reg: hyper.reg_weight,
    output: outputs[String(hyper.out_mode)],
    mix: hyper.mix_alpha,
    alignment_weight: hyper.cl_weight,
    temperature: hyper.tau,
    // Golden batches are small: all of their rows.
    alignment_rows: 32768,
    eigenpairs: 2 ** 31,
  }),
  // Both are the same code to the reference, which chooses by the size of the graph.
  variants: [{ decomposition: "chebyshev" }, { decomposition: "gft" }],
  tensors: (dataset) => [
    ...branchReferenceTensors(dataset),
    ...[["user", "1"], ["item", "2"]].flatMap(([side, n]) => {
      const operator = `Spec_Operator.spectral_op${n}`;
      const gate = `Spec_Operator.adapt_spect${n}`;
      return [
        { reference: `${operator}.Wq`, parameter: `${side}.operator.query` },
        { reference: `${operator}.Wk`, parameter: `${side}.operator.key` },
        { reference: `${operator}.rank_w`, parameter: `${side}.operator.rank weights` },
        { reference: `${operator}.V_filter.log_gain`, parameter: `${side}.operator.log gain` },
        ...linearReference(`${operator}.V_scaleor.0`, `${side}.operator.node gain.hidden`),
        ...linearReference(`${operator}.V_scaleor.2`, `${side}.operator.node gain.output`),
        { reference: `${gate}.fusion_gate`, parameter: `${side}.gate.opening` },
        ...linearReference(`${gate}.context_leaner.0`, `${side}.gate.hidden`),
        ...linearReference(`${gate}.context_leaner.2`, `${side}.gate.output`),
      ];
    }),
  ],
};
