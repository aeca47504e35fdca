/**
 * What a training will take of memory and time, as `train --dry-run` prints it.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { GpuError } from "../../errors.ts";
import { freeMemory } from "../../gpu/free_memory.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { megabytes, type PlanLine } from "../../gpu/memory.ts";
import type { Training } from "../../training/training.ts";

/** What a training will take, as `--dry-run --json` prints it. */
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
  /** Bytes that the process has by now, those of a device that is the CPU among them. */
  readonly host_bytes: number;
  /** What its epochs take; nothing where there are none, or the device has no memory for a step. */
  readonly time?: EpochReport;
}

/** What an epoch will take, as far as some steps of it tell. */
export interface EpochReport {
  /** Steps of an epoch. */
  readonly steps_per_epoch: number;
  /** Those that were timed. */
  readonly timed_steps: number;
  /** Seconds of an epoch, without validation. */
  readonly seconds_per_epoch: number;
  /** Seconds of the validation after each. */
  readonly seconds_of_validation: number;
}

/**
 * Times some steps of a training.
 *
 * @param training The training, planned.
 * @param signal Ends it early.
 * @param note Told why nothing is timed.
 * @returns Nothing where the device has no memory for it.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function epochReport(
  training: Training,
  signal: AbortSignal,
  note: (text: string) => void,
): Promise<EpochReport | undefined> {
  const { memory, stepsPerEpoch } = training;
  const free = freeMemory(memory.gpu);
  if (free !== undefined && memory.bytes > free) {
    note(`No step is timed: it takes ${megabytes(memory.bytes)}, and ${megabytes(free)} are free`);
    return undefined;
  }
  try {
    await training.compile();
    const { epoch, validation, timedSteps } = await training.foretell(signal);
    return {
      ...{ steps_per_epoch: stepsPerEpoch, timed_steps: timedSteps },
      ...{ seconds_per_epoch: epoch, seconds_of_validation: validation },
    };
  } catch (error) {
    if (!(error instanceof GpuError)) throw error;
    note(`No step is timed: ${error.message}`);
    return undefined;
  }
}

/**
 * The plan for people to read.
 *
 * @param report The plan.
 * @param limits The largest buffer and binding of the device.
 */
export function memoryText(
  { owners, bytes, bytes_without_reuse: separate, host_bytes, time }: MemoryReport,
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
    `memory of the process ${megabytes(host_bytes)} by now` +
    `${time === undefined ? "" : ", and about as much while it trains"}\n`,
    ...time === undefined ? [] : [timeText(time)],
  ].join("");
}

function timeText(
  { steps_per_epoch, timed_steps, seconds_per_epoch, seconds_of_validation }: EpochReport,
): string {
  const seconds = (value: number) => `${value.toPrecision(2)} s`;
  return `an epoch takes about ${seconds(seconds_per_epoch)}, and its validation ` +
    `${seconds(seconds_of_validation)}: measured by ${timed_steps} of ${
      counted(steps_per_epoch, "step")
    } and one block of users, on a machine as busy as it is now\n`;
}
