import { assertEquals } from "@std/assert";
import { readDataset } from "../../data/folder.ts";
import type { Allocation } from "../../gpu/memory.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { Ranking } from "../../evaluation/ranking.ts";
import { isTrained, modelNamed } from "../../models/registry.ts";
import { resolveSettings } from "../../models/settings.ts";
import type { trainingSettings } from "../../models/training_settings.ts";
import type { Settings } from "../../models/settings.ts";
import { beginEpoch, buildTrainingStep } from "../../training/session.ts";
import { testGpu } from "../gpu/test_gpu.ts";

const folder = await Deno.makeTempDir();
const sample = await readDataset(folder, "sample");
await Deno.remove(folder, { recursive: true });
const gpu = await testGpu();

/** A number for each buffer that no kernel computes, nor copies from another. */
const unwrittenIn = (buffer: number) => (0xceab0000 | buffer) >>> 0;

/** Every trained model, and those of its variants that launch other kernels. */
const cases: [string, Record<string, unknown>][] = [
  ["bpr", {}],
  ["lightgcn", {}],
  ["vbpr", {}],
  ["freedom", {}],
  ["smore", {}],
  ["fitmm", {}],
  ["ssr", { decomposition: "chebyshev", operator: "ghsno" }],
  ["ssr", { decomposition: "gft", operator: "ghsno" }],
];

/** Runs a program launch by launch; tells what launches leave of what they say to write. */
async function leftOf(memory: Memory, program: Program): Promise<string[]> {
  const { device } = memory.gpu;
  const written = new Set<Allocation>();
  const claims: { what: string; staging: GPUBuffer; buffer: Allocation }[] = [];
  const names = program.kernelNames();
  const seen = new Map<Allocation, number>();
  program.uses.forEach((uses) => {
    for (const { buffer, reads } of uses) {
      if (seen.has(buffer)) continue;
      seen.set(buffer, seen.size);
      if (reads) continue;
      memory.write(buffer, new Uint32Array(buffer.bytes / 4).fill(unwrittenIn(seen.get(buffer)!)));
    }
  });
  program.uses.forEach((uses, n) => {
    program.submit(n, n + 1);
    const encoder = device.createCommandEncoder();
    for (const { buffer, reads, writes } of uses) {
      if (writes !== "whole" || reads || written.has(buffer)) continue;
      written.add(buffer);
      const staging = device.createBuffer({
        size: buffer.bytes,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      });
      encoder.copyBufferToBuffer(memory.buffer(buffer), 0, staging, 0, buffer.bytes);
      claims.push({ what: `${names[n]} writes "${buffer.label}"`, staging, buffer });
    }
    device.queue.submit([encoder.finish()]);
  });
  await Promise.all(claims.map(({ staging }) => staging.mapAsync(GPUMapMode.READ)));
  const left: string[] = [];
  for (const { what, staging, buffer } of claims) {
    const unwritten = unwrittenIn(seen.get(buffer)!);
    const words = new Uint32Array(staging.getMappedRange().slice(0));
    // The buffer is rounded up to 16 bytes.
    const count = words.subarray(0, words.length > 4 ? -3 : 1).filter((word) => word === unwritten).length;
    if (count > 0) left.push(`${what}: ${count} of ${words.length} unwritten`);
    staging.destroy();
  }
  return left;
}

for (const [model, overrides] of cases) {
  const name = `${model} ${JSON.stringify(overrides)}`;
  Deno.test(`${name}: launches write all that they do not call partial`, async () => {
    const definition = modelNamed(model);
    if (!isTrained(definition)) throw new Error(`"${model}" is not trained`);
    const settings = resolveSettings(definition.settings, { dim: 16, batch: 400, ...overrides }) as Settings<
      typeof trainingSettings
    >;
    const memory = new Memory(gpu);
    const built = await definition.build({ memory, dataset: sample, settings: settings as never, seed: 1 });
    const training = buildTrainingStep(memory, built, sample, settings);
    const representing = new Program(memory, "representation");
    built.represent(representing);
    built.diagnose?.(representing);
    await training.program.compile();
    await representing.compile();
    const last = training.stepsPerEpoch - 1;
    const found = new Set<string>();
    for (const epochStep of [0, last]) {
      built.onEpoch?.(0);
      beginEpoch(memory, training, sample, { seed: 1, epoch: 0, epochStep }, settings);
      for (const line of await leftOf(memory, training.program)) found.add(line);
    }
    for (const line of await leftOf(memory, representing)) found.add(line);
    memory.destroy();
    assertEquals([...found], []);
  });
}
