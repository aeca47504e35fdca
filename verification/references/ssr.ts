/**
 * How SSR compares with its reference implementation.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { buildSsr, ssr } from "../../models/ssr/ssr.ts";
import type { StepMasks } from "../../models/ssr/step_masks.ts";
import type { ModelContext } from "../../models/model.ts";
import { constantTensor } from "../../models/parameters.ts";
import { gatherStack } from "../../shaders/gather/gather.ts";
import type { Reference } from "../reference.ts";
import { branchReferenceSettings, branchReferenceTensors, linearReference } from "./branches.ts";

/** What the reference calls the ways to put bands out. */
const outputs: Readonly<Record<string, string>> = {
  aggr: "aggregate",
  spec: "spectral",
  mix: "mix",
};

/** The public implementation of SSR. */
export const ssrReference: Reference = {
  definition: ssr,
  buildWithDraws: (context, draws) =>
    buildSsr(context as Parameters<typeof buildSsr>[0], givenMasks(context, draws)),
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

/** The masks of a golden file, `mask/user` and `mask/item` with 1 for a kept band, in every step. */
function givenMasks(
  { memory, dataset, settings }: ModelContext,
  draws: ReadonlyMap<string, Float32Array>,
): StepMasks {
  const bands = Number(settings.bands);
  const kept = 1 - Number(settings.mask_rate);
  const table = (side: "user" | "item", rows: number) => {
    const values = draws.get(`mask/${side}`);
    if (values?.length !== rows * bands) {
      throw new DataError(
        `Cannot verify SSR: "mask/${side}" has ${values?.length ?? 0} numbers, expected ` +
          `${rows}×${bands}`,
        "Give a golden file, as tests/golden/README.md describes it",
      );
    }
    const scaled = values.map((one) => one / kept);
    return constantTensor(memory, `${side} masks`, rows, bands, scaled, "masks");
  };
  const given = { user: table("user", dataset.users), item: table("item", dataset.items) };
  return (program, side, nodes) =>
    gatherStack(
      program,
      nodes.map(({ list }) => ({ table: given[side], list })),
      `${side} masks`,
    );
}
