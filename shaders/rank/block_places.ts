/**
 * How many rows of scores are computed at a time.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { paddedColumns } from "../../gpu/tensor.ts";

/**
 * Bytes of the scores of a block, small beside the memory of a device. Of 100,000 items 32 MiB hold the scores of 64
 * users; with 128 a product on lavapipe is no faster, and lists are slower. A GPU is done with so few in less time than
 * a wait for them takes (webgpu.md, trap 2), and gets more.
 */
const blockBytes = { software: 32 * 2 ** 20, hardware: 128 * 2 ** 20 };

/** Rows of a tile of the fastest product on lavapipe (matmul/shared.wgsl): those that a block lacks cost as much. */
const tileRows = 32;

/**
 * How many rows a block has at most.
 *
 * @param gpu The device, whose bindings are bounded.
 * @param rows Number of rows, of users for example.
 * @param items Number of items.
 */
export function placesOfBlock({ limits, software }: Gpu, rows: number, items: number): number {
  // As nobody is there who could be ranked.
  if (rows === 0) return 1;
  const wanted = blockBytes[software ? "software" : "hardware"];
  const bytes = Math.min(wanted, limits.maxStorageBufferBindingSize);
  const fitting = Math.max(1, Math.floor(bytes / (paddedColumns(items) * 4)));
  const step = fitting >= tileRows ? tileRows : Math.min(8, fitting);
  const most = fitting - fitting % step;
  // Blocks of about the same length, so that the last has few places that nobody takes.
  const even = Math.ceil(rows / Math.ceil(rows / most) / step) * step;
  return Math.max(1, Math.min(even, rows));
}
