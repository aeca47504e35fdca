/**
 * Which variants of kernels are fastest on a device: what `doctor --tune` measures.
 *
 * @module
 */
import { GpuError } from "../../errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import {
  type KernelChoices,
  kernelFamilies,
  type KernelFamily,
  kernelVariants,
  withKernels,
} from "../../gpu/kernel_choices.ts";
import { Memory } from "../../gpu/memory.ts";
import { profile } from "../../gpu/profile.ts";
import { Program } from "../../gpu/program.ts";
import type { KernelCase } from "./kernel_cases.ts";

/** The times of a case. */
export interface MeasuredCase {
  /** The family that it is of. */
  readonly family: KernelFamily;
  /** What it is. */
  readonly name: string;
  /** Milliseconds on the device by variant: the least of the rounds. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** What was measured on a device. */
export interface MeasuredKernels {
  /** The times. */
  readonly cases: readonly MeasuredCase[];
  /** The fastest variant of each family. */
  readonly kernels: KernelChoices;
}

/** Rounds of a case, and when no further one is begun, so that all cases take less than a minute. */
const mostRounds = 9;
const caseMilliseconds = 3000;
/** A variant this many times as slow as another in the first round is out of the question. */
const hopeless = 8;
/** A variant has to be faster than the shipped one by this much: times tremble. */
const worthwhile = 0.95;

/**
 * Measures all variants of all families, in turns.
 *
 * @param gpu The device.
 * @param cases What is measured; of each family something.
 * @param onCase Told of each case before it is measured.
 * @throws {GpuError} The device has no timestamps, or reports an error.
 */
export async function measureKernels(
  gpu: Gpu,
  cases: readonly KernelCase[],
  onCase: (text: string) => void = () => {},
): Promise<MeasuredKernels> {
  if (!gpu.timestamps) {
    throw new GpuError(
      `Cannot measure kernels on "${gpu.name}": it has no timestamps`,
      "Use the shipped kernels, or another adapter",
    );
  }
  const shipped = withKernels(gpu);
  const measured: MeasuredCase[] = [];
  for (const one of cases) {
    onCase(`${one.family}: ${one.name}`);
    const { family, name } = one;
    measured.push({ family, name, milliseconds: await timesOf(shipped, one) });
  }
  const kernels = Object.fromEntries(
    kernelFamilies.map((family) => [
      family,
      fastest(
        measured.filter((one) => one.family === family).map(({ milliseconds }) => milliseconds),
        shipped.kernels[family],
      ),
    ]),
  ) as unknown as KernelChoices;
  return { cases: measured, kernels };
}

/** The variants of a family that this device can tell apart. */
function variantsOf({ subgroupSize, textureRows }: Gpu, family: KernelFamily): readonly string[] {
  const hasSubgroups = subgroupSize > 0;
  // Dense products read textures in subgroups alone.
  const hasTextures = textureRows > 0 && (hasSubgroups || family !== "products");
  return kernelVariants[family].filter((variant) =>
    variant === "subgroups" ? hasSubgroups : variant !== "textures" || hasTextures
  );
}

async function timesOf(gpu: Gpu, { family, append }: KernelCase): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  let programs: { variant: string; program: Program }[] = [];
  const started = performance.now();
  try {
    for (const variant of variantsOf(gpu, family)) {
      const memory = new Memory(withKernels(gpu, { ...gpu.kernels, [family]: variant }));
      const program = new Program(memory, `${family} by ${variant}`);
      programs.push({ variant, program });
      append(program);
      await program.compile();
      // The first run pays for what the driver puts off.
      await profile(program);
    }
    for (let round = 0; round < mostRounds; round++) {
      for (const { variant, program } of programs) {
        const milliseconds = (await profile(program)).reduce(
          (sum, time) => sum + time.milliseconds,
          0,
        );
        times[variant] = Math.min(times[variant] ?? Infinity, milliseconds);
      }
      if (performance.now() - started > caseMilliseconds) break;
      const best = Math.min(...Object.values(times));
      const [hopeful, others] = [true, false].map((isHopeful) =>
        programs.filter(({ variant }) => times[variant] <= hopeless * best === isHopeful)
      );
      for (const { program } of others) program.memory.destroy();
      programs = hopeful;
    }
    return times;
  } finally {
    for (const { program } of programs) program.memory.destroy();
  }
}

/**
 * The fastest variant over some cases: that with the least geometric mean of its times relative to the shipped one's,
 * which stays where none is clearly faster.
 *
 * @param cases Milliseconds of each case by variant.
 * @param shipped The shipped variant.
 */
export function fastest(
  cases: readonly Readonly<Record<string, number>>[],
  shipped: string,
): string {
  const known = Object.keys(cases[0]);
  const usual = known.includes(shipped) ? shipped : known[0];
  const ratio = (variant: string) =>
    Math.exp(
      cases.reduce((sum, times) => sum + Math.log(times[variant] / times[usual]), 0) /
        cases.length,
    );
  const best = known.reduce((one, other) => ratio(other) < ratio(one) ? other : one);
  return ratio(best) < worthwhile ? best : shipped;
}
