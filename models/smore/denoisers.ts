/**
 * What cleans the features of SMORE's views before their gates (methods.md, §3, step 2): the published
 * filter along their columns, or one of what may stand in its place. Whichever it is reads the packed
 * spectra that the fusion needs anyway, and ends in the logits of the gates.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { SparseOperator } from "../../shaders/spmm/device_matrix.ts";
import { initialisers, type Parameters } from "../parameters.ts";
import type { Settings } from "../settings.ts";
import { attentionLogits } from "./attention_gate.ts";
import { graphLogits } from "./graph_gate.ts";
import type { smoreSettings } from "./smore_settings.ts";
import { gateLogits, plainLogits, type Transform } from "./spectral_gate.ts";

/** The logits of the gate of a view, `items×d`, from its packed spectra and its item graph. */
export type ViewLogits = (program: Program, spectra: Tensor, graph: SparseOperator) => Tensor;

/** Numbers in the middle of an attention, as a share of the columns. */
const reduction = 4;

/**
 * Makes the denoiser and the gate of each view, with their parameters.
 *
 * @param parameters Where they are added.
 * @param views The names of the modalities, and that of their fusion.
 * @param settings Which denoiser, its bins, and the columns.
 * @param transform The transform that the spectra come from.
 * @param seed What initial values follow from.
 * @returns One function a view.
 * @throws {UsageError} Bins are to be kept by a denoiser that has none.
 */
export function viewDenoisers(
  parameters: Parameters,
  views: readonly string[],
  settings: Pick<Settings<typeof smoreSettings>, "denoiser" | "dim" | "keep_bins">,
  transform: Transform,
  seed: number,
): ViewLogits[] {
  const { denoiser, dim, keep_bins } = settings;
  if (denoiser !== "fourier" && keep_bins !== 0) {
    throw new UsageError(
      `Cannot set "keep_bins" to ${keep_bins} where "denoiser" is "${denoiser}": only the Fourier filter has bins`,
      ({ setting }) => `Leave ${setting("keep_bins")} out, or take the denoiser "fourier"`,
    );
  }
  const bins = keep_bins === 0 ? dim / 2 + 1 : keep_bins;
  const { normal } = initialisers(seed);
  const gateOf = (view: string) => parameters.linear(`${view}.gate`, dim, dim, seed);
  return views.map((view): ViewLogits => {
    switch (denoiser) {
      case "fourier": {
        const name = `${view}.filter`;
        const filter = parameters.add(name, 1, dim, normal(1)(name, 1, dim));
        const gate = { filter, ...gateOf(view) };
        return (program, spectra) => gateLogits(program, spectra, gate, transform, bins);
      }
      case "attention": {
        const squeeze = parameters.linear(`${view}.squeeze`, dim, dim / reduction, seed);
        const excite = parameters.linear(`${view}.excite`, dim / reduction, dim, seed);
        const gate = { squeeze, excite, ...gateOf(view) };
        return (program, spectra) => attentionLogits(program, spectra, gate, transform);
      }
      case "graph": {
        // σ(0) = ½: as much of an item's own features as of its neighbours'.
        const mix = parameters.add(`${view}.mix`, 1, dim, new Float32Array(dim));
        const gate = { mix, ...gateOf(view) };
        return (program, spectra, graph) => graphLogits(program, spectra, graph, gate, transform);
      }
      case "none": {
        const gate = gateOf(view);
        return (program, spectra) => plainLogits(program, spectra, gate, transform);
      }
    }
  });
}
