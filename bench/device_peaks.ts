/**
 * What a device can do at most, as kernels are measured against it: bytes a second of a copy, and multiply-adds
 * a second in registers.
 *
 * Usage: deno run --no-prompt --allow-env=LP_NUM_THREADS bench/device_peaks.ts
 *
 * @module
 */
import { openGpu } from "../gpu/device.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { shareCores } from "../gpu/software_threads.ts";

/** The most of a device. */
export interface DevicePeaks {
  /** Bytes a second, read and written ones together. */
  readonly bytes: number;
  /** Operations a second in f32, a multiply-add being two. */
  readonly flops: number;
}

/** A copy of vectors of four, far larger than caches. */
const copySource = `
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&y)) { y[id.x] = x[id.x]; }
}`;

/** Chains of multiply-adds that do not wait for each other, and rounds of them. */
const [chains, rounds] = [8, 256];
/** Invocations of a launch: enough to fill any device. */
const invocations = 2 ** 18;
const multiplySource = `
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let factor = x[0];
  let term = x[1];
  ${each((n) => `var a${n} = x[${n}] + f32(id.x);`)}
  for (var round = 0u; round < ${rounds}u; round++) {
    ${each((n) => `a${n} = fma(a${n}, factor, term);`)}
  }
  y[id.x] = ${Array.from({ length: chains }, (_, n) => `a${n}`).join(" + ")};
}`;

function each(statement: (n: number) => string): string {
  return Array.from({ length: chains }, (_, n) => statement(n)).join(" ");
}

/**
 * Measures both, for a fraction of a second each.
 *
 * @param gpu The device.
 */
export async function measurePeaks(gpu: Gpu): Promise<DevicePeaks> {
  const copied = Math.min(gpu.limits.maxStorageBufferBindingSize, 2 ** 27);
  return {
    bytes: 2 * copied * await launchesPerSecond(gpu, copySource, copied),
    flops: 2 * 4 * chains * rounds * invocations *
      await launchesPerSecond(gpu, multiplySource, 16 * invocations),
  };
}

/** How many launches of a kernel on two buffers of so many bytes, an invocation a vector, fit in a second. */
async function launchesPerSecond({ device }: Gpu, code: string, bytes: number): Promise<number> {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const buffers = [0, 1].map(() => device.createBuffer({ size: bytes, usage }));
  const staging = device.createBuffer({
    size: 16,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const pipeline = await device.createComputePipelineAsync({
    layout: "auto",
    compute: { module: device.createShaderModule({ code }) },
  });
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const secondsOf = async (launches: number) => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    for (let n = 0; n < launches; n++) pass.dispatchWorkgroups(Math.ceil(bytes / 16 / 256));
    pass.end();
    encoder.copyBufferToBuffer(buffers[1], 0, staging, 0, 16);
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    // The call itself waits for the work; the promise would add the poll's 10 ms.
    const mapped = staging.mapAsync(GPUMapMode.READ);
    const seconds = (performance.now() - started) / 1000;
    await mapped;
    staging.unmap();
    return seconds;
  };
  await secondsOf(1);
  let launches = 1;
  while (await secondsOf(launches) < 0.05) launches *= 2;
  const best = Math.min(await secondsOf(launches), await secondsOf(launches));
  for (const buffer of [...buffers, staging]) buffer.destroy();
  return launches / best;
}

/**
 * What was measured, in words.
 *
 * @param gpu The device.
 * @param peaks What it can do.
 */
export function peaksText(gpu: Gpu, { bytes, flops }: DevicePeaks): string {
  return `"${gpu.name}": ${(bytes / 1e9).toFixed(1)} GB/s by a copy, ` +
    `${(flops / 1e9).toFixed(0)} GFLOP/s by multiply-adds in registers`;
}

if (import.meta.main) {
  shareCores();
  const gpu = await openGpu("auto");
  console.log(peaksText(gpu, await measurePeaks(gpu)));
  await gpu.close();
}
