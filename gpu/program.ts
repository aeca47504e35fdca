/**
 * The Program: a fixed list of kernel launches, built once and replayed in one submit a step, with
 * automatic differentiation by hand (architecture.md).
 *
 * An op allocates its output, appends its forward launches, and pushes a function on the tape that
 * appends its backward launches; {@linkcode Program.backward} runs the tape in reverse. The gradient
 * contract: the first launch that writes a tensor's gradient stores (`=`), the later ones add
 * (`+=`); {@linkcode Program.gradientTarget} says which.
 *
 * @module
 */
import { type Constants, type Kernel, type Pipeline, pipelineOf } from "./kernel.ts";
import { GpuError } from "../errors.ts";
import { type Allocation, megabytes, type Memory, type Words } from "./memory.ts";

/** A `rows×columns` matrix of f32 on the device, row-major. */
export interface Tensor {
  /** What it holds. */
  readonly label: string;
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Where it is. */
  readonly allocation: Allocation;
  /** Whether gradients flow to it, and through it. */
  readonly differentiable: boolean;
  /**
   * What begins with the number of rows that count, a u32, where only the step knows it. The others
   * hold nothing of use, and their gradient is 0.
   */
  readonly counted?: Bindable;
}

/** A range of a buffer; offset and size obey the device's alignment of 256 bytes. */
export interface BufferRange {
  /** The buffer. */
  readonly allocation: Allocation;
  /** The first byte. */
  readonly offset: number;
  /** Number of bytes. */
  readonly bytes: number;
}

/** What can be bound to a kernel. */
export type Bindable = Tensor | Allocation | BufferRange;

/** One launch of a kernel. */
export interface Launch {
  /** What is bound to each of the kernel's storage buffers, by name. */
  readonly buffers: Readonly<Record<string, Bindable>>;
  /** The value of each of its uniforms, by name. */
  readonly uniforms?: Readonly<Record<string, number>>;
  /** Values of its `override` constants; `workgroup_size` is set from {@linkcode workgroupSize}. */
  readonly constants?: Constants;
  /** Number of invocations that have work; the kernel skips those above it. */
  readonly threads: number;
  /** Invocations in a workgroup (default: 64). */
  readonly workgroupSize?: number;
}

interface PreparedLaunch {
  readonly kernel: Kernel;
  readonly constants: Constants;
  readonly buffers: readonly { binding: number; range: BufferRange }[];
  readonly uniformOffset: number;
  readonly groups: readonly [number, number];
}

interface CompiledLaunch {
  readonly kernel: string;
  readonly pipeline: Pipeline;
  readonly bindGroup: GPUBindGroup;
  readonly groups: readonly [number, number];
}

/** Workgroups that one dimension of a dispatch may have. */
const maxGroups = 65535;
const uniformStride = 256;

/** A fixed list of launches. */
export class Program {
  #launches: PreparedLaunch[] = [];
  #tape: (() => void)[] = [];
  #gradients = new Map<Tensor, Tensor>();
  #uniforms: { type: string; value: number }[][] = [];
  #compiled?: CompiledLaunch[];

  /**
   * An empty program.
   *
   * @param memory Where its buffers are planned.
   * @param name Its name, the owner of its buffers in the memory plan.
   */
  constructor(readonly memory: Memory, readonly name: string) {}

  /**
   * Plans a tensor; it holds zeros, or `data`, until a launch writes it.
   *
   * @param label What it holds.
   * @param rows Number of rows.
   * @param columns Number of columns.
   * @param options Its first values, whether gradients flow through it (they do by default), and
   * what counts its rows.
   */
  tensor(
    label: string,
    rows: number,
    columns: number,
    options: {
      data?: Float32Array;
      differentiable?: boolean;
      owner?: string;
      counted?: Bindable;
    } = {},
  ): Tensor {
    const { data, differentiable = true, owner = this.name, counted } = options;
    if (data !== undefined && data.length !== rows * columns) {
      throw new Error(`"${label}" has ${data.length} values, expected ${rows}×${columns}`);
    }
    const allocation = this.memory.reserve(label, rows * columns * 4, owner, data);
    return { label, rows, columns, allocation, differentiable, counted };
  }

  /**
   * Plans a buffer for what is no tensor.
   *
   * @param label What it holds.
   * @param bytes Its size.
   * @param data What it holds at first.
   */
  buffer(label: string, bytes: number, data?: Words): Allocation {
    return this.memory.reserve(label, bytes, this.name, data);
  }

  /**
   * Appends a launch.
   *
   * @param kernel The kernel.
   * @param launch What it is bound to, and how large it is.
   * @throws {Error} A buffer or uniform is missing or unknown, or one buffer would be both read and
   * written: a defect of the op.
   */
  launch(kernel: Kernel, launch: Launch): void {
    const { buffers, uniforms = {}, threads, workgroupSize = 64 } = launch;
    if (this.#compiled !== undefined) throw new Error(`"${this.name}" is already compiled`);
    if (threads === 0) return;
    assertNames(kernel.name, "buffer", Object.keys(buffers), kernel.bindings);
    assertNames(kernel.name, "uniform", Object.keys(uniforms), kernel.uniforms);
    const bound = kernel.bindings.map(({ name, binding }) => ({
      binding,
      range: rangeOf(buffers[name]),
    }));
    for (const { range: { allocation, bytes } } of bound) this.#assertBindable(allocation, bytes);
    kernel.bindings.forEach(({ name, access }, n) => {
      if (access === "read") return;
      const { allocation } = bound[n].range;
      if (bound.some(({ range }, other) => other !== n && range.allocation === allocation)) {
        throw new Error(`Kernel "${kernel.name}" writes "${allocation.label}" (${name}) twice`);
      }
    });
    if (kernel.uniforms.length > 0) {
      this.#uniforms.push(
        kernel.uniforms.map(({ name, type }) => ({ type, value: uniforms[name] })),
      );
    }
    const groups = Math.ceil(threads / workgroupSize);
    const rows = Math.ceil(groups / maxGroups);
    this.#launches.push({
      kernel,
      constants: { workgroup_size: workgroupSize, ...launch.constants },
      buffers: bound,
      uniformOffset: (this.#uniforms.length - 1) * uniformStride,
      groups: [Math.ceil(groups / rows), rows],
    });
  }

  #assertBindable({ label }: Allocation, bytes: number): void {
    const { limits, name } = this.memory.gpu;
    if (bytes <= limits.maxStorageBufferBindingSize) return;
    throw new GpuError(
      `Cannot bind "${label}": it has ${megabytes(bytes)}, "${name}" binds at most ` +
        megabytes(limits.maxStorageBufferBindingSize),
      'Use a smaller "dim" or "batch", fewer feature columns, or an adapter with larger bindings',
    );
  }

  /**
   * Pushes what appends an op's backward launches.
   *
   * @param backward Called by {@linkcode Program.backward}.
   */
  onBackward(backward: () => void): void {
    this.#tape.push(backward);
  }

  /** Appends all backward launches, in the reverse order of their forward ones. */
  backward(): void {
    for (const backward of this.#tape.toReversed()) backward();
    this.#tape = [];
  }

  /**
   * The gradient that has arrived at a tensor, or `undefined` if the loss does not depend on it.
   *
   * @param tensor The output of an op.
   */
  gradient(tensor: Tensor): Tensor | undefined {
    return this.#gradients.get(tensor);
  }

  /**
   * Where the gradient of a tensor is to be written, and whether it is to be added there;
   * `undefined` if no gradient flows to it.
   *
   * @param tensor The input of an op.
   */
  gradientTarget(tensor: Tensor): { gradient: Tensor; accumulate: boolean } | undefined {
    if (!tensor.differentiable) return undefined;
    const existing = this.#gradients.get(tensor);
    if (existing !== undefined) return { gradient: existing, accumulate: true };
    const gradient = this.tensor(`d ${tensor.label}`, tensor.rows, tensor.columns, {
      owner: `${this.name} gradients`,
    });
    this.#gradients.set(tensor, gradient);
    return { gradient, accumulate: false };
  }

  /** The number of launches, hence of dispatches a run. */
  get launches(): number {
    return this.#launches.length;
  }

  /**
   * Allocates the planned memory and makes all pipelines and bind groups.
   *
   * @throws {GpuError} The device lacks memory, or a kernel does not compile.
   */
  async compile(): Promise<void> {
    const { memory } = this;
    const words = new DataView(new ArrayBuffer(this.#uniforms.length * uniformStride));
    this.#uniforms.forEach((fields, n) =>
      fields.forEach(({ type, value }, field) => {
        const at = n * uniformStride + field * 4;
        if (type === "f32") words.setFloat32(at, value, true);
        else words.setUint32(at, value, true);
      })
    );
    const uniformBuffer = this.buffer("uniforms", words.byteLength, new Uint32Array(words.buffer));
    await memory.allocate();
    const { device } = memory.gpu;
    const pipelines = await Promise.all(
      this.#launches.map(({ kernel, constants }) => pipelineOf(memory.gpu, kernel, constants)),
    );
    this.#compiled = this.#launches.map((launch, n) => {
      const entries: GPUBindGroupEntry[] = launch.buffers.map(({ binding, range }) => ({
        binding,
        resource: {
          buffer: memory.buffer(range.allocation),
          offset: range.offset,
          size: range.bytes,
        },
      }));
      const { uniformBinding, name } = launch.kernel;
      if (uniformBinding !== undefined) {
        entries.push({
          binding: uniformBinding,
          resource: {
            buffer: memory.buffer(uniformBuffer),
            offset: launch.uniformOffset,
            size: Math.ceil(launch.kernel.uniforms.length / 4) * 16,
          },
        });
      }
      const layout = pipelines[n].layout;
      const bindGroup = device.createBindGroup({ label: name, layout, entries });
      return { kernel: name, pipeline: pipelines[n], bindGroup, groups: launch.groups };
    });
    memory.gpu.check();
  }

  /**
   * Encodes the launches from `first` up to `end` into a pass.
   *
   * @param pass A compute pass.
   * @param first The first launch.
   * @param end The launch after the last.
   */
  encode(pass: GPUComputePassEncoder, first = 0, end = Infinity): void {
    if (this.#compiled === undefined) throw new Error(`"${this.name}" is not compiled`);
    let current: GPUComputePipeline | undefined;
    for (const { pipeline, bindGroup, groups } of this.#compiled.slice(first, end)) {
      if (pipeline.pipeline !== current) pass.setPipeline(current = pipeline.pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(groups[0], groups[1]);
    }
  }

  /**
   * Replays the list, or a part of it: one encoder, one compute pass, one submit. Nothing waits.
   *
   * @param first The first launch.
   * @param end The launch after the last.
   */
  submit(first = 0, end = Infinity): void {
    const { device } = this.memory.gpu;
    const encoder = device.createCommandEncoder({ label: this.name });
    const pass = encoder.beginComputePass({ label: this.name });
    this.encode(pass, first, end);
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  /** The name of the kernel of each launch. */
  kernelNames(): string[] {
    return this.#launches.map(({ kernel }) => kernel.name);
  }
}

function rangeOf(bindable: Bindable): BufferRange {
  if ("offset" in bindable) return bindable;
  const allocation = "allocation" in bindable ? bindable.allocation : bindable;
  return { allocation, offset: 0, bytes: allocation.bytes };
}

function assertNames(
  kernel: string,
  what: string,
  given: readonly string[],
  wanted: readonly { name: string }[],
): void {
  for (const { name } of wanted) {
    if (!given.includes(name)) throw new Error(`Kernel "${kernel}" lacks the ${what} "${name}"`);
  }
  for (const name of given) {
    if (wanted.some((one) => one.name === name)) continue;
    throw new Error(`Kernel "${kernel}" has no ${what} "${name}"`);
  }
}
