/**
 * What a run says of how it came about.
 *
 * @module
 */
import manifest from "../deno.json" with { type: "json" };
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { protocolText } from "../evaluation/ranking.ts";

/**
 * The contents of `environment.json`: versions, adapter, its kernels and limits, and protocol.
 *
 * @param gpu The device.
 * @param dataset What is trained on.
 * @param notes What a user was told of the preparation.
 */
export function environmentOf(
  gpu: Gpu,
  dataset: Dataset,
  notes: readonly string[],
): Record<string, unknown> {
  return {
    bandpass: manifest.version,
    deno: Deno.version.deno,
    system: `${Deno.build.os} ${Deno.build.arch}`,
    adapter: gpu.name,
    software_adapter: gpu.software,
    kernels: gpu.kernels,
    limits: gpu.limits,
    protocol: protocolText("test", "train", dataset),
    notes,
  };
}
