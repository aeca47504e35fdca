/**
 * The kernels of dense products, and which of them computes a product on a device.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { type Constants, type Kernel, kernel } from "../../gpu/kernel.ts";
import { activationSources } from "../elementwise/activation.ts";
import batchesSource from "./in_batches.wgsl" with { type: "text" };
import buffersSource from "./in_buffers.wgsl" with { type: "text" };
import texturesSource from "./in_textures.wgsl" with { type: "text" };
import operandsSource from "./operands.wgsl" with { type: "text" };
import plainSource from "./plain.wgsl" with { type: "text" };
import sharedSource from "./shared.wgsl" with { type: "text" };
import tiledSource from "./tiled.wgsl" with { type: "text" };
import workgroupSource from "./workgroup.wgsl" with { type: "text" };

const tiled = kernel(
  "matmul/tiled",
  ...activationSources,
  operandsSource,
  buffersSource,
  tiledSource,
);
const shared = kernel(
  "matmul/shared",
  ...activationSources,
  operandsSource,
  buffersSource,
  sharedSource,
);
const sharedByTextures = kernel(
  "matmul/shared_by_textures",
  ...activationSources,
  operandsSource,
  texturesSource,
  sharedSource,
);
const workgroup = kernel(
  "matmul/workgroup",
  ...activationSources,
  operandsSource,
  batchesSource,
  workgroupSource,
);
const plain = kernel("matmul/plain", ...activationSources, plainSource);

/** A kernel, and the tiles of C that it computes. */
export interface Tiling {
  /** The kernel. */
  readonly kernel: Kernel;
  /** The same where A and B are read through textures, if the device has chosen so. */
  readonly byTextures?: Kernel;
  /** Rows of a tile. */
  readonly height: number;
  /** Columns of a tile. */
  readonly width: number;
  /** Invocations that compute a tile together. */
  readonly threads: number;
  /** Invocations that keep the device busy: sums are cut where there are fewer. */
  readonly busyThreads: number;
  /** Fewer numbers than this in a sum are not worth a second pass. */
  readonly shortestPart: number;
  /** Whether the work can be dealt out over shares of the dispatch (`spread_thread_index()`). */
  readonly dealsOut: boolean;
  /** Whether long sums of Aᵀ·B are cut so that their parts stay in a core's cache. */
  readonly keepsInCache: boolean;
  /** Whether one pipeline takes all forms of transposition, as uniforms (default: each has its own). */
  readonly takesAllForms?: boolean;
  /** Whether one launch takes several products (in_batches.wgsl). */
  readonly takesBatches?: boolean;
  /** Values of the kernel's constants. */
  readonly constants: Constants;
  /** Invocations of a workgroup (default: those of {@linkcode Program.launch}). */
  readonly workgroupSize?: number;
}

/** Measured on lavapipe, a guess elsewhere. */
const busyThreads = { software: 256, hardware: 16384 };

const inWorkgroups: Tiling = {
  kernel: workgroup,
  height: 64,
  width: 64,
  threads: 256,
  busyThreads: 65536,
  // Twice what a workgroup loads at a time: one of few workgroups waits for all that it loads.
  shortestPart: 64,
  dealsOut: false,
  keepsInCache: false,
  takesBatches: true,
  constants: {},
  workgroupSize: 256,
};

/** Whether a product has work for most of what computes its tiles. */
function fills(m: number, n: number, { height, width }: Tiling): boolean {
  const padded = Math.ceil(m / height) * height * Math.ceil(n / width) * width;
  return m * n >= 0.6 * padded;
}

/**
 * The tiles of a product: those that the device has chosen, where they suit the shape.
 *
 * @param gpu The device.
 * @param m Rows of the product.
 * @param n Columns of the product.
 * @param aligned Whether all operands can be read as vectors of four.
 */
export function tilingOf(gpu: Gpu, m: number, n: number, aligned: boolean): Tiling {
  const { software, subgroupSize: lanes, kernels: { products } } = gpu;
  const inRegisters = {
    threads: 1,
    busyThreads: busyThreads[software ? "software" : "hardware"],
    shortestPart: software ? 256 : 64,
    dealsOut: true,
    keepsInCache: false,
  };
  if (!aligned) {
    const numbers = { kernel: plain, height: 1, width: 1, takesAllForms: true, constants: {} };
    // One number at a time: a GPU waits for each.
    return { ...inRegisters, ...numbers, shortestPart: software ? 256 : 32 };
  }
  if (products === "workgroups" && fills(m, n, inWorkgroups)) return inWorkgroups;
  const bySubgroups: Tiling = {
    ...inRegisters,
    kernel: shared,
    byTextures: products === "textures" ? sharedByTextures : undefined,
    height: 4 * lanes,
    width: 32,
    threads: lanes,
    keepsInCache: true,
    constants: { lanes },
  };
  const isShared = products === "subgroups" || products === "textures";
  if (isShared && lanes > 0 && fills(m, n, bySubgroups)) return bySubgroups;
  const wide = (isShared || products === "wide registers") && n > 8;
  const constants = { wide: Number(wide) };
  return { kernel: tiled, height: 8, width: wide ? 16 : 8, ...inRegisters, constants };
}
