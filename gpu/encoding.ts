/**
 * The encoding of launches into compute passes, with the copies into the textures that they read.
 *
 * @module
 */
import { type BufferRange, isSameRange } from "./tensor.ts";
import { fillTexture } from "./texture.ts";

/** A launch whose pipeline and bind group are there. */
export interface CompiledLaunch {
  /** The name of its kernel. */
  readonly kernel: string;
  /** The pipeline. */
  readonly pipeline: GPUComputePipeline;
  /** What it is bound to. */
  readonly bindGroup: GPUBindGroup;
  /** Workgroups in each dimension. */
  readonly groups: readonly [number, number];
  /** What it reads through textures. */
  readonly textured: readonly TexturedRange[];
  /** The buffers that it writes. */
  readonly writes: readonly GPUBuffer[];
}

/** A range of a buffer that is read through a texture. */
export interface TexturedRange {
  /** Its buffer. */
  readonly buffer: GPUBuffer;
  /** The range. */
  readonly range: BufferRange;
  /** The texture. */
  readonly texture: GPUTexture;
}

/** The name that copies go by where they are timed. */
export const copyName = "copy to texture";

/**
 * Encodes launches in their order: in one pass, but for copies, which are encoded between passes. A copy is made
 * once for all launches that follow each other and read the same, until one writes there.
 *
 * @param encoder Where to.
 * @param label What errors of the device name.
 * @param launches The launches.
 * @param timed The timestamps of a launch or copy by its name; then each has a pass of its own.
 */
export function encodeLaunches(
  encoder: GPUCommandEncoder,
  label: string,
  launches: readonly CompiledLaunch[],
  timed?: (name: string) => GPUComputePassTimestampWrites,
): void {
  let pass: GPUComputePassEncoder | undefined;
  let current: GPUComputePipeline | undefined;
  const held = new Map<GPUTexture, TexturedRange>();
  const endPass = () => {
    pass?.end();
    pass = current = undefined;
  };
  for (const { kernel, pipeline, bindGroup, groups, textured, writes } of launches) {
    for (const wanted of textured) {
      const there = held.get(wanted.texture);
      if (there && isSameRange(wanted.range, there.range)) continue;
      endPass();
      encodeCopy(encoder, wanted, timed?.(copyName));
      held.set(wanted.texture, wanted);
    }
    pass ??= encoder.beginComputePass({ label, timestampWrites: timed?.(kernel) });
    if (pipeline !== current) pass.setPipeline(current = pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(groups[0], groups[1]);
    for (const { texture, buffer } of held.values()) {
      if (writes.includes(buffer)) held.delete(texture);
    }
    if (timed !== undefined) endPass();
  }
  endPass();
}

/** Encodes a copy, where it is timed between two passes that do nothing: copies have no timestamps. */
function encodeCopy(
  encoder: GPUCommandEncoder,
  { buffer, range, texture }: TexturedRange,
  timestamps?: GPUComputePassTimestampWrites,
): void {
  const stamp = (place: "beginningOfPassWriteIndex" | "endOfPassWriteIndex") => {
    if (timestamps === undefined) return;
    const { querySet, [place]: index } = timestamps;
    encoder.beginComputePass({ timestampWrites: { querySet, [place]: index } }).end();
  };
  stamp("beginningOfPassWriteIndex");
  fillTexture(encoder, buffer, range, texture);
  stamp("endOfPassWriteIndex");
}
