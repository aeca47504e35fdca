/**
 * An open device, and the limits that it was opened with.
 *
 * @module
 */
import type { KernelDevice } from "./kernel_choices.ts";

/** The limits that Bandpass can use; it asks for the smaller of these and the adapter's. */
export const wantedLimits = {
  maxBufferSize: 4 * 2 ** 30,
  maxStorageBufferBindingSize: 2 * 2 ** 30,
  maxStorageBuffersPerShaderStage: 10,
  maxComputeWorkgroupStorageSize: 32 * 2 ** 10,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
} as const;

/** The names of the limits that a device is opened with. */
export type LimitName = keyof typeof wantedLimits;

/** An open device, and what is known of it. */
export interface Gpu extends KernelDevice {
  /** The WebGPU device. */
  readonly device: GPUDevice;
  /** The adapter's own name. */
  readonly name: string;
  /** Whether the "GPU" is a driver that computes on the CPU; kernels pick their sizes by it. */
  readonly software: boolean;
  /** The limits that the device was opened with. */
  readonly limits: Readonly<Record<LimitName, number>>;
  /** Whether launches can be timed on the device. */
  readonly timestamps: boolean;
  /**
   * Invocations that run in step and hand each other numbers; 0 where nothing is to be built on it.
   * Asked of software drivers alone, whose loads from memory are dear.
   */
  readonly subgroupSize: number;
  /** Rows of the texture that kernels may read buffers through; 0 where they cannot (texture.ts). */
  readonly textureRows: number;
  /**
   * Whether WGSL that uses subgroups has to begin with `enable subgroups;`: browsers want that line, and
   * Deno refuses it (webgpu.md, trap 10).
   */
  readonly enablesSubgroups: boolean;
  /**
   * Opens another device on the same adapter; only of a driver that compiles a kernel at its first dispatch, and
   * keeps on disk what it has compiled.
   */
  readonly openSibling?: () => Promise<GPUDevice>;
  /**
   * Throws the first error that the device has reported since it was opened.
   *
   * @throws {GpuError} Something went wrong on the device since the last look.
   */
  check(): void;
  /**
   * Gives the device back, when it has done what it was told: a process that exits while the threads of a software
   * driver compute may crash.
   */
  close(): Promise<void>;
}
