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
import { inSlices, tableBytes } from "./column_slices.ts";
import { compileKernels, type CompileOptions } from "./compile_kernels.ts";
import { type CompiledLaunch, encodeLaunches } from "./encoding.ts";
import { type Kernel, pipelineOf } from "./kernel.ts";
import { type Launch, packUniforms, type PreparedLaunch, prepareLaunch } from "./launch.ts";
import type { Use } from "./lifetimes.ts";
import type { Allocation, Memory, Words } from "./memory.ts";
import type { Bindable, Tensor } from "./tensor.ts";

/** The programs whose buffers are planned in one memory. */
const programsOf = new WeakMap<Memory, Program[]>();

/** A fixed list of launches. */
export class Program {
  #launches: PreparedLaunch[] = [];
  #tape: (() => void)[] = [];
  #gradients = new Map<Tensor, Tensor>();
  #compiled?: CompiledLaunch[];
  /** How each launch uses its buffers. */
  readonly uses: (readonly Use<Allocation>[])[] = [];

  /**
   * An empty program.
   *
   * @param memory Where its buffers are planned.
   * @param name Its name, the owner of its buffers in the memory plan.
   */
  constructor(readonly memory: Memory, readonly name: string) {
    memory.follow(this.uses);
    programsOf.set(memory, [...programsOf.get(memory) ?? [], this]);
  }

  /**
   * Plans a tensor; launches read zeros there, or `data`, until one writes it. Where memory is reused,
   * what the CPU reads of it has to be kept ({@linkcode Memory.keep}).
   *
   * @param label What it holds.
   * @param rows Number of rows.
   * @param columns Number of columns.
   * @param options Its first values, row-major; whether gradients flow through it (they do by default);
   * what counts its rows; and the columns of a slice, where it is cut by columns.
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
      sliceColumns?: number;
    } = {},
  ): Tensor {
    const { data, differentiable = true, owner = this.name, counted, sliceColumns } = options;
    if (data !== undefined && data.length !== rows * columns) {
      throw new Error(`"${label}" has ${data.length} values, expected ${rows}×${columns}`);
    }
    const shape = { rows, columns, sliceColumns };
    const values = data && inSlices(shape, data);
    const allocation = this.memory.reserve(label, tableBytes(shape), owner, values);
    return { label, rows, columns, allocation, differentiable, counted, sliceColumns };
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
    if (this.#compiled !== undefined) throw new Error(`"${this.name}" is already compiled`);
    if (launch.threads === 0) return;
    const prepared = prepareLaunch(this.memory.gpu, kernel, launch);
    for (const { range, texture } of prepared.buffers) {
      if (texture !== undefined) this.memory.textures.reserve(texture, range.bytes);
    }
    this.#launches.push(prepared);
    this.uses.push(prepared.uses);
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
      sliceColumns: tensor.sliceColumns,
    });
    this.#gradients.set(tensor, gradient);
    return { gradient, accumulate: false };
  }

  /** The number of launches, hence of dispatches a run. */
  get launches(): number {
    return this.#launches.length;
  }

  /**
   * Allocates the planned memory and makes all pipelines and bind groups. The kernels of other programs that are planned
   * in the same memory are compiled with it: many at once is faster.
   *
   * @param options Who hears how many kernels are compiled, and what ends it.
   * @throws {GpuError} The device lacks memory, or a kernel does not compile.
   * @throws {InterruptedError} The signal is aborted.
   */
  async compile(options?: CompileOptions): Promise<void> {
    const { memory } = this;
    const { words, offsets } = packUniforms(this.#launches);
    const uniformBuffer = this.buffer("uniforms", words.byteLength, words);
    await memory.allocate();
    const { device } = memory.gpu;
    const waiting = programsOf.get(memory)!.filter((program) => program.#compiled === undefined);
    await compileKernels(memory.gpu, waiting.flatMap((program) => program.#launches), options);
    const pipelines = await Promise.all(
      this.#launches.map(({ kernel, constants }) => pipelineOf(memory.gpu, kernel, constants)),
    );
    this.#compiled = this.#launches.map((launch, n) => {
      const entries = launch.buffers.map(({ binding, range, texture }): GPUBindGroupEntry => ({
        binding,
        resource: texture !== undefined ? memory.textures.at(texture).createView() : {
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
            offset: offsets.get(launch),
            size: Math.ceil(launch.kernel.uniforms.length / 4) * 16,
          },
        });
      }
      const { pipeline, layout } = pipelines[n];
      const bindGroup = device.createBindGroup({ label: name, layout, entries });
      return {
        ...{ kernel: name, pipeline, bindGroup, groups: launch.groups },
        textured: launch.buffers.flatMap(({ range, texture }) =>
          texture === undefined ? [] : [{
            ...{ buffer: memory.buffer(range.allocation), range },
            texture: memory.textures.at(texture),
          }]
        ),
        writes: launch.uses
          .flatMap(({ buffer, writes }) => writes === "no" ? [] : [memory.buffer(buffer)]),
      };
    });
    memory.gpu.check();
  }

  /**
   * Encodes the launches from `first` up to `end`, in compute passes of its own.
   *
   * @param encoder Where to.
   * @param first The first launch.
   * @param end The launch after the last.
   * @param timed The timestamps of a launch, or of a copy, by its name; then each has a pass of its own.
   */
  encode(
    encoder: GPUCommandEncoder,
    first = 0,
    end = Infinity,
    timed?: (name: string) => GPUComputePassTimestampWrites,
  ): void {
    if (this.#compiled === undefined) throw new Error(`"${this.name}" is not compiled`);
    this.memory.proceed(this, first, Math.min(end, this.launches));
    encodeLaunches(encoder, this.name, this.#compiled.slice(first, end), timed);
  }

  /**
   * Replays the list, or a part of it: one encoder, one submit. Nothing waits.
   *
   * @param first The first launch.
   * @param end The launch after the last.
   */
  submit(first = 0, end = Infinity): void {
    const { device } = this.memory.gpu;
    const encoder = device.createCommandEncoder({ label: this.name });
    this.encode(encoder, first, end);
    device.queue.submit([encoder.finish()]);
  }

  /** The name of the kernel of each launch. */
  kernelNames(): string[] {
    return this.#launches.map(({ kernel }) => kernel.name);
  }

  /** Each launch in words: its kernel, its workgroups, and the whole numbers among its uniforms. */
  describeLaunches(): string[] {
    return this.#launches.map(({ kernel, groups, uniforms }) =>
      [
        `${kernel.name} (${groups.join("×")})`,
        ...kernel.uniforms.flatMap(({ name }, n) =>
          Number.isInteger(uniforms[n]) && uniforms[n] > 0 ? [`${name}=${uniforms[n]}`] : []
        ),
      ].join(" ")
    );
  }
}
