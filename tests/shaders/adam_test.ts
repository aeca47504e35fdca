import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Gpu } from "../../gpu/gpu.ts";
import { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { adam, adamSchedule } from "../../shaders/adam/adam.ts";
import { stateWords, stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { adamTwin, stepTwin } from "../reference/adam.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

const position = { seed: 0, epochRows: 100, batchSize: 1 };

/** An optimiser of parameters with random starts, its moments at zero. */
async function optimiser(
  gpu: Gpu,
  shapes: readonly (readonly [rows: number, columns: number])[],
  options: { stepsPerEpoch: number; weightDecay?: number },
) {
  const memory = new GarbageMemory(gpu);
  const program = new Program(memory, "adam");
  const state = stepState(program, { ...position, step: 0, epochStep: 0 });
  const parameters = shapes.map(([rows, columns], n) =>
    program.tensor(`parameter ${n}`, rows, columns, { data: randomValues(rows * columns, n + 1) })
  );
  const gradients = parameters.map((parameter) => program.gradientTarget(parameter)!.gradient);
  const unreached = program.tensor("unreached", 3, 4, { data: new Float32Array(12).fill(2) });
  const { moments, schedule, nonFinite } = adam(
    program,
    [...parameters, unreached],
    state,
    options,
  );
  await program.compile();
  memory.spoil();
  memory.write(nonFinite, new Uint32Array(1));
  for (const { mean, variance } of moments) {
    for (const { allocation } of [mean, variance]) {
      memory.write(allocation, new Float32Array(allocation.bytes / 4));
    }
  }
  const read = (tensor: Tensor) =>
    readFloats(memory, tensor.allocation, tensor.rows * tensor.columns);
  return {
    memory,
    program,
    parameters,
    unreached,
    moments,
    schedule,
    read,
    /** One step of the program. */
    step(gradientOf: (parameter: number) => Float32Array, step: number, epochStep: number) {
      gradients.forEach(({ allocation }, n) => memory.write(allocation, gradientOf(n)));
      memory.write(state, stateWords({ ...position, step, epochStep }));
      program.submit();
    },
    async nonFinite() {
      return new Uint32Array((await readBuffers(memory, [{ allocation: nonFinite }]))[0])[0];
    },
  };
}

Deno.test("adam() follows its twin over epochs whose learning rate falls", async () => {
  const shapes = [[65, 3], [1, 1], [33, 64]] as const;
  for (const weightDecay of [0, 0.05]) {
    const one = await optimiser(await testGpu(), shapes, { stepsPerEpoch: 4, weightDecay });
    const twins = shapes.map(([rows, columns], n) => adamTwin(randomValues(rows * columns, n + 1)));
    let step = 0;
    for (const learningRate of [0.01, 0.005, 0.0025]) {
      one.memory.write(one.schedule, adamSchedule(learningRate, step, 4));
      for (let epochStep = 0; epochStep < 4; epochStep++, step++) {
        const gradientOf = (n: number) => randomValues(shapes[n][0] * shapes[n][1], 100 * step + n);
        one.step(gradientOf, step, epochStep);
        twins.forEach((twin, n) =>
          stepTwin(twin, gradientOf(n), learningRate, step + 1, weightDecay)
        );
      }
    }
    assertEquals(one.moments.map(({ parameter }) => parameter), one.parameters);
    for (const [n, { parameter, mean, variance }] of one.moments.entries()) {
      assertClose(await one.read(parameter), twins[n].parameter, 2e-6, `parameter ${n}`);
      assertClose(await one.read(mean), twins[n].mean, 2e-6, `mean ${n}`);
      assertClose(await one.read(variance), twins[n].variance, 2e-6, `variance ${n}`);
    }
    assertEquals(await one.nonFinite(), 0);
    assertEquals(await one.read(one.unreached), new Float32Array(12).fill(2));
    one.memory.destroy();
  }
});

Deno.test("adam() moves a parameter by the learning rate, however small its gradient", async () => {
  const one = await optimiser(await testGpu(), [[1, 8]], { stepsPerEpoch: 1 });
  one.memory.write(one.schedule, adamSchedule(0.01, 0, 1));
  const gradient = Float32Array.of(1e-5, -1e-5, 1e-3, -1, 1e3, -1e6, 0, -0);
  one.step(() => gradient, 0, 0);
  const start = randomValues(8, 1);
  const found = await one.read(one.parameters[0]);
  gradient.forEach((value, n) =>
    // ε is 1e-8: a thousandth of the smallest gradient here.
    assertAlmostEquals(found[n] - start[n], -0.01 * Math.sign(value), 2e-5)
  );
  one.memory.destroy();
});

Deno.test("adam() in row blocks takes the same steps, to the same bytes", async () => {
  const gpu = await testGpu();
  const [rows, columns] = [200, 12];
  const results: Float32Array[] = [];
  for (const limit of [gpu.limits.maxStorageBufferBindingSize, 64 * columns * 4]) {
    const limits = { ...gpu.limits, maxStorageBufferBindingSize: limit };
    const one = await optimiser({ ...gpu, limits }, [[rows, columns]], { stepsPerEpoch: 3 });
    one.memory.write(one.schedule, adamSchedule(0.01, 0, 3));
    const isWhole = limit > rows * columns * 4;
    assertEquals(one.program.launches, isWhole ? 1 : 4);
    for (let step = 0; step < 3; step++) {
      one.step(() => randomValues(rows * columns, step + 7), step, step);
    }
    results.push(await one.read(one.parameters[0]));
    // A number that is lost in the last block is found, too.
    const values = randomValues(rows * columns, 5);
    values[rows * columns - 1] = NaN;
    one.step(() => values, 2, 2);
    assertEquals(await one.nonFinite(), 1);
    one.memory.destroy();
  }
  assertEquals(results[1], results[0]);
});

Deno.test("adam() finds what is not finite wherever it stands", async () => {
  for (const lost of [NaN, Infinity, -Infinity]) {
    for (const at of [0, 1, 2, 3, 16, 21, 34, 67]) {
      const one = await optimiser(await testGpu(), [[17, 4]], { stepsPerEpoch: 1 });
      one.memory.write(one.schedule, adamSchedule(0.01, 0, 1));
      const gradient = new Float32Array(68).fill(1);
      gradient[at] = lost;
      one.step(() => gradient, 0, 0);
      assertEquals(await one.nonFinite(), 1, `${lost} at ${at}`);
      one.memory.destroy();
    }
  }
});

Deno.test("adamSchedule() keeps its digits from the first step to the millionth", () => {
  const first = adamSchedule(0.001, 0, 2);
  assertEquals(first[0], Math.fround(0.01));
  assertAlmostEquals(first[1], 1 / Math.sqrt(0.001), 1e-5);
  assertAlmostEquals(first[2], 0.001 / 0.19, 1e-9);
  assertEquals(adamSchedule(0.001, 1_000_000, 1), Float32Array.of(0.001, 1));
  // An epoch goes on where the last one ended.
  assertEquals(adamSchedule(0.5, 3, 2), adamSchedule(0.5, 0, 5).subarray(6));
  assert(adamSchedule(0.5, 0, 0).length === 0);
});
