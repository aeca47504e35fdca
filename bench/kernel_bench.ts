/**
 * How kernels are measured: time around submit and the blocking map (webgpu.md, "deno bench"), several
 * launches a run; and what share that is of the device's own bandwidth or FLOP/s. `deno run` prints that alone, the
 * best of a few runs; `deno bench` measures for longer.
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";
import { openGpu } from "../gpu/device.ts";
import { type Allocation, Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { measurePeaks, peaksText } from "./device_peaks.ts";

/** The device. */
const gpu = await openGpu("auto");
globalThis.addEventListener("unload", () => gpu.close());

/** What the device can do at most; what stays in its caches can be faster than a copy. */
const peaks = await measurePeaks(gpu);
console.log(peaksText(gpu, peaks));

/** Random numbers of the inputs. */
export const next: () => number = uniforms(1);

/**
 * Registers a benchmark of several times what `append` appends.
 *
 * @param name What it is; its first word is its group.
 * @param work The work of one time: operations or bytes.
 * @param append Appends it; it takes an {@linkcode input}, or the program is {@linkcode probed}.
 * @param launches How many times.
 */
export async function bench(
  name: string,
  work: { flops?: number; bytes?: number },
  append: (program: Program) => void,
  launches = 10,
): Promise<void> {
  const memory = new Memory(gpu);
  const program = new Program(memory, name);
  for (let n = 0; n < launches; n++) append(program);
  await program.compile();
  const source = program.memory.buffer(probes.get(program)!);
  const run = async (start: () => void, end: () => void) => {
    const staging = gpu.device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    start();
    program.submit();
    const encoder = gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(source, 0, staging, 0, 16);
    gpu.device.queue.submit([encoder.finish()]);
    // The call itself waits for the work; the promise would add the poll's 10 ms.
    const mapped = staging.mapAsync(GPUMapMode.READ);
    end();
    await mapped;
    staging.destroy();
    gpu.check();
  };
  await run(() => {}, () => {});
  const started = performance.now();
  let milliseconds = Infinity;
  for (let n = 0; n < 3; n++) {
    let from = 0;
    await run(() => from = performance.now(), () => {
      milliseconds = Math.min(milliseconds, (performance.now() - from) / launches);
    });
    if (performance.now() - started > 2000) break;
  }
  const { flops, bytes = 0 } = work;
  const [amount, most, unit, whose] = flops !== undefined
    ? [flops, peaks.flops, "GFLOP/s", "multiply-adds"] as const
    : [bytes, peaks.bytes, "GB/s", "a copy"] as const;
  const rate = amount / milliseconds * 1000;
  console.log(
    `${name}: ${milliseconds.toFixed(3)} ms, ${(rate / 1e9).toFixed(1)} ${unit}, ` +
      `${(100 * rate / most).toFixed(0)} % of that of ${whose}`,
  );
  Deno.bench(
    `${name}, ${launches} times`,
    { group: name.split(" ")[0], warmup: 1, n: 5 },
    (b) => run(() => b.start(), () => b.end()),
  );
}

const probes = new Map<Program, Allocation>();

/**
 * A buffer of a program to wait for.
 *
 * @param program The program.
 */
export function probed(program: Program): Allocation {
  let probe = probes.get(program);
  if (probe === undefined) probes.set(program, probe = program.buffer("probe", 16));
  return probe;
}

const inputs = new Map<Program, Map<string, Tensor>>();

/**
 * An input of random numbers that is made once a program.
 *
 * @param program The program.
 * @param label Its name; `"basis"` takes no gradient.
 * @param rows Number of rows.
 * @param columns Number of columns.
 * @param scale The greatest magnitude.
 */
export function input(
  program: Program,
  label: string,
  rows: number,
  columns: number,
  scale = 1,
): Tensor {
  probed(program);
  let known = inputs.get(program);
  if (known === undefined) inputs.set(program, known = new Map());
  let tensor = known.get(label);
  if (tensor === undefined) {
    const data = Float32Array.from({ length: rows * columns }, () => scale * (2 * next() - 1));
    tensor = program.tensor(label, rows, columns, { data, differentiable: label !== "basis" });
    known.set(label, tensor);
  }
  return tensor;
}
