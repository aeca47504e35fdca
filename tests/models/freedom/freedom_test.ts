import type { Gpu } from "../../../gpu/gpu.ts";
import { Memory } from "../../../gpu/memory.ts";
import { readFloats } from "../../../gpu/readback.ts";
import { trainedSettings } from "../../../models/define_model.ts";
import { freedom } from "../../../models/freedom/freedom.ts";
import { beginEpoch, buildTrainingStep } from "../../../training/session.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { assertClose, randomValues } from "../../shaders/op_check.ts";
import { trainedCases } from "../trained_cases.ts";

const { dataset: sample } = trainedCases[0];
/** Features that are larger than all else, so that a device can be imagined that binds them in parts. */
const columns = 512;
const image = {
  name: "image",
  rows: sample.items,
  columns,
  values: randomValues(sample.items * columns, 3),
};
const dataset = { ...sample, modalities: [image] };
const settings = trainedSettings(freedom, { dim: 8, batch: 200, reg: 0.1 });

/** The terms of the loss of a first step, and its gradients by parameter. */
async function firstStep(gpu: Gpu): Promise<Map<string, Float32Array>> {
  const memory = new Memory(gpu);
  const model = await freedom.build({ memory, dataset, settings, seed: 1 });
  const { program, losses, ...training } = buildTrainingStep(memory, model, dataset, settings);
  await program.compile();
  model.onEpoch?.(0);
  const step = { program, losses, ...training };
  beginEpoch(memory, step, { seed: 1, epoch: 0, epochStep: 0 }, settings);
  program.submit();
  const found = new Map([
    ["terms", await readFloats(memory, losses.allocation, losses.names.length)],
  ]);
  for (const parameter of model.parameters) {
    const gradient = program.gradient(parameter);
    if (gradient === undefined) throw new Error(`${parameter.label} has no gradient`);
    const numbers = parameter.rows * parameter.columns;
    found.set(parameter.label, await readFloats(memory, gradient.allocation, numbers));
  }
  memory.destroy();
  return found;
}

Deno.test("FREEDOM projects a batch's items alone, with the gradients of all items", async () => {
  const gpu = await testGpu();
  // A table in two bindings is projected as a whole.
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 2 ** 20 };
  const [chosen, whole] = [await firstStep(gpu), await firstStep({ ...gpu, limits })];
  // A bias moves liked and other items alike: its gradient is what rounding leaves of nothing.
  chosen.delete("image.projection.bias");
  for (const [name, values] of chosen) assertClose(values, whole.get(name)!, 2e-5, name);
});
