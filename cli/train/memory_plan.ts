/**
 * The memory plan of a training, as `train --dry-run` prints it.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { megabytes, type PlanLine } from "../../gpu/memory.ts";

/** What a training takes of the device's memory, as `--dry-run --json` prints it. */
export interface MemoryReport {
  /** The model. */
  readonly model: string;
  /** The dataset. */
  readonly dataset: string;
  /** The adapter that it was planned for. */
  readonly adapter: string;
  /** Buffers by what they belong to, without reuse. */
  readonly owners: readonly PlanLine[];
  /** Bytes in all: buffers that are never needed together share memory. */
  readonly bytes: number;
  /** Bytes in all if each buffer had memory of its own. */
  readonly bytes_without_reuse: number;
}

/**
 * The plan for people to read.
 *
 * @param report The plan.
 * @param limits The largest buffer and binding of the device.
 */
export function memoryText(
  { owners, bytes, bytes_without_reuse: separate }: MemoryReport,
  limits: Gpu["limits"],
): string {
  const saved = "saved by sharing";
  const width = Math.max(saved.length, ...owners.map(({ owner }) => owner.length));
  const line = (label: string, middle: string, amount: number) =>
    `${label.padEnd(width)}  ${middle.padStart(13)}  ${megabytes(amount).padStart(12)}\n`;
  return [
    ...owners.map(({ owner, buffers, bytes }) => line(owner, `${buffers} buffers`, bytes)),
    line(saved, "", bytes - separate),
    line("total", "", bytes),
    `largest buffer of the device ${megabytes(limits.maxBufferSize)}, largest binding ` +
    `${megabytes(limits.maxStorageBufferBindingSize)}\n`,
  ].join("");
}
