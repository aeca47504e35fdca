/**
 * How FITMM compares with its reference implementation.
 *
 * @module
 */
import { fitmm } from "../../models/fitmm/fitmm.ts";
import type { Reference } from "../reference.ts";
import { branchReferenceSettings, branchReferenceTensors, linearReference } from "./branches.ts";

/** The public implementation of FITMM. */
export const fitmmReference: Reference = {
  definition: fitmm,
  model: "FITMM",
  settings: (hyper) => ({
    ...branchReferenceSettings(hyper),
    bands: hyper.num_freq_bands,
    ib_weight: hyper.ib_weight,
    ib_alpha: hyper.ib_alpha,
    ib_mu: hyper.ib_mu,
    ib_phi: hyper.ib_phi_plus,
    consistency_weight: hyper.reg_weight,
  }),
  tensors: (dataset) => [
    ...branchReferenceTensors(dataset),
    ...["user", "item"].flatMap((side) => {
      const fusion = `FeqDecomposeOperator.fusion_layer_${side}`;
      return [
        ...linearReference(`${fusion}.freq_gate.0`, `${side}.gate`),
        { reference: `${fusion}.gate_scale`, parameter: `${side}.gate scale` },
        { reference: `${fusion}.freq_weights`, parameter: `${side}.band weights` },
      ];
    }),
  ],
};
