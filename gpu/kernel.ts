/**
 * Kernels: plain records of WGSL, whose bindings and uniforms are read off the source itself, and
 * the pipelines made of them.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import type { Gpu } from "./gpu.ts";
import { withHeldUniforms } from "./held_uniforms.ts";
import { readsOf } from "./reads.ts";
import prelude from "./prelude.wgsl" with { type: "text" };

/** How a kernel uses a buffer. */
export type Access = "read" | "read_write";

/** One buffer of a kernel. */
export interface KernelBinding {
  /** Its name in the WGSL. */
  readonly name: string;
  /** Its `@binding`. */
  readonly binding: number;
  /** How it is used. */
  readonly access: Access;
  /**
   * Whether the kernel reads it; or the name of the `override` of type bool that it does so under, such
   * as `"accumulate"`.
   */
  readonly reads: boolean | string;
  /** Where the WGSL has a texture, into which programs copy the buffer: which one of the kernel's (texture.ts). */
  readonly texture?: number;
}

/** One 32-bit scalar of a kernel's `struct Uniforms`. */
export interface KernelUniform {
  /** Its name. */
  readonly name: string;
  /** Its type. */
  readonly type: "u32" | "i32" | "f32";
}

/** A compute shader with the entry point `main`. */
export interface Kernel {
  /** The name of its op and file, such as `"spmm/forward"`. */
  readonly name: string;
  /** The WGSL. */
  readonly source: string;
  /** Its buffers. */
  readonly bindings: readonly KernelBinding[];
  /** The `@binding` of its `var<uniform> uniforms: Uniforms`, where it has one. */
  readonly uniformBinding?: number;
  /** The fields of its `struct Uniforms`, in order. */
  readonly uniforms: readonly KernelUniform[];
}

/** Values of a pipeline's `override` constants. */
export type Constants = Readonly<Record<string, number>>;

/**
 * Makes a kernel of WGSL sources, one after the other; `prelude.wgsl` stands before them.
 *
 * @param name The name of its op and file.
 * @param sources WGSL; shared functions first.
 * @throws {Error} The source declares no storage buffer, or a uniform that is no 32-bit scalar.
 * @example
 * ```ts
 * import { kernel } from "./kernel.ts";
 * const fill = kernel("fill", `
 *   @group(0) @binding(0) var<storage, read_write> output: array<f32>;
 *   @compute @workgroup_size(64)
 *   fn main(@builtin(global_invocation_id) id: vec3<u32>) { output[id.x] = 1.0; }`);
 * fill.bindings[0].access; // "read_write"
 * ```
 */
export function kernel(name: string, ...sources: string[]): Kernel {
  const source = [prelude, ...sources].join("\n");
  const code = source.replaceAll(/\/\/.*$/gm, "");
  const buffers = [...code.matchAll(
    /@group\(0\)\s*@binding\((\d+)\)\s*var<storage,\s*(read|read_write)>\s*(\w+)/g,
  )].map(([, binding, access, variable]) => ({
    name: variable,
    binding: Number(binding),
    access: access as Access,
    reads: access === "read" || readsOf(code, variable),
  }));
  const textures = [...code.matchAll(
    /@group\(0\)\s*@binding\((\d+)\)\s*var\s+(\w+)\s*:\s*texture_storage_2d<rgba32float,\s*read>/g,
  )].map(([, binding, variable], texture) => ({
    name: variable,
    binding: Number(binding),
    access: "read" as const,
    reads: true,
    texture,
  }));
  const bindings: KernelBinding[] = [...buffers, ...textures];
  if (buffers.length === 0) throw new Error(`Kernel "${name}" declares no storage buffer`);
  const uniform = code.match(/@group\(0\)\s*@binding\((\d+)\)\s*var<uniform>\s*uniforms\b/);
  const struct = code.match(/struct\s+Uniforms\s*\{([^}]*)\}/);
  const uniforms = [...(struct?.[1] ?? "").matchAll(/(\w+)\s*:\s*([\w<>]+)/g)].map(
    ([, field, type]) => {
      if (type !== "u32" && type !== "i32" && type !== "f32") {
        throw new Error(`Kernel "${name}": uniform "${field}" is ${type}, expected a scalar`);
      }
      return { name: field, type } as KernelUniform;
    },
  );
  return {
    name,
    source,
    bindings,
    uniformBinding: uniform ? Number(uniform[1]) : undefined,
    uniforms,
  };
}

/** A compiled kernel. */
export interface Pipeline {
  /** The WebGPU pipeline. */
  readonly pipeline: GPUComputePipeline;
  /** The layout of its one bind group. */
  readonly layout: GPUBindGroupLayout;
}

/** By device, kernel and constants; not by the name of the kernel, which nobody keeps unique. */
const pipelinesOf = new WeakMap<Gpu, WeakMap<Kernel, Map<string, Promise<Pipeline>>>>();

/**
 * The pipeline of a kernel with given constants: made once a device, then kept.
 *
 * @param gpu The device.
 * @param kernel The kernel.
 * @param constants Values of its `override` constants.
 * @throws {GpuError} The WGSL does not compile; the message has line and column.
 */
export function pipelineOf(gpu: Gpu, kernel: Kernel, constants: Constants): Promise<Pipeline> {
  let kernels = pipelinesOf.get(gpu);
  if (kernels === undefined) pipelinesOf.set(gpu, kernels = new WeakMap());
  let pipelines = kernels.get(kernel);
  if (pipelines === undefined) kernels.set(kernel, pipelines = new Map());
  const key = keyOf(constants);
  let pipeline = pipelines.get(key);
  if (pipeline === undefined) pipelines.set(key, pipeline = compile(gpu, kernel, constants));
  return pipeline;
}

/**
 * Whether {@linkcode pipelineOf} has been asked for a pipeline before.
 *
 * @param gpu The device.
 * @param kernel The kernel.
 * @param constants Values of its `override` constants.
 */
export function hasPipeline(gpu: Gpu, kernel: Kernel, constants: Constants): boolean {
  return pipelinesOf.get(gpu)?.get(kernel)?.has(keyOf(constants)) ?? false;
}

/**
 * What constants are told apart by.
 *
 * @param constants Values of `override` constants.
 */
export function keyOf(constants: Constants): string {
  return JSON.stringify(constants);
}

/** What browsers want before WGSL that uses subgroups; which invocations reach it is the kernel's own care. */
const subgroupLine = "enable subgroups; diagnostic(off, subgroup_uniformity); ";

/** The WGSL of a kernel as the device's compiler takes it: with the same lines. */
function codeFor(gpu: Gpu, { source }: Kernel): string {
  const code = gpu.family === "lavapipe" ? withHeldUniforms(source) : source;
  return gpu.enablesSubgroups && /\bsubgroup\w*\(|builtin\(subgroup_/.test(code)
    ? subgroupLine + code
    : code;
}

async function compile(gpu: Gpu, kernel: Kernel, constants: Constants): Promise<Pipeline> {
  const { device } = gpu;
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ label: kernel.name, code: codeFor(gpu, kernel) });
  // The layout is explicit: "auto" drops bindings that are not used (webgpu.md, trap 11).
  const entries: GPUBindGroupLayoutEntry[] = kernel.bindings.map(
    ({ binding, access, texture }) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      ...texture !== undefined
        ? { storageTexture: { access: "read-only", format: "rgba32float" } }
        : { buffer: { type: access === "read" ? "read-only-storage" : "storage" } },
    }),
  );
  if (kernel.uniformBinding !== undefined) {
    entries.push({
      binding: kernel.uniformBinding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: "uniform" },
    });
  }
  const layout = device.createBindGroupLayout({ label: kernel.name, entries });
  const pipeline = device.createComputePipeline({
    label: kernel.name,
    layout: device.createPipelineLayout({ label: kernel.name, bindGroupLayouts: [layout] }),
    compute: { module, entryPoint: "main", constants },
  });
  const failure = await device.popErrorScope();
  if (failure !== null) {
    const { messages } = await module.getCompilationInfo();
    const places = messages.filter(({ type }) => type === "error").map((message) => {
      const line = kernel.source.split("\n")[message.lineNum - 1]?.trim() ?? "";
      return `line ${message.lineNum}, column ${message.linePos}: ${message.message} in "${line}"`;
    });
    throw new GpuError(
      `Cannot compile the kernel "${kernel.name}": ${
        places.length > 0 ? places.join("; ") : failure.message
      }`,
      ({ command }) => `Report this as a bug in Bandpass, with the output of ${command("doctor")}`,
    );
  }
  return { pipeline, layout };
}
