/**
 * `doctor`: what this machine has, and what to do where something is missing.
 *
 * @module
 */
import { BandpassError, exitCodes, UsageError } from "../../errors.ts";
import { grouped } from "../../data/counts.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { note } from "../common/note.ts";
import { writeJson, writeResult } from "../common/output.ts";
import type { AdapterChoice } from "../../gpu/device.ts";
import type { MeasuredKernels } from "./measure_kernels.ts";
import { measuredText } from "./measured_text.ts";

/** One thing that was looked at. */
export interface DoctorCheck {
  /** What was looked at. */
  readonly name: string;
  /** Whether it is as it must be. */
  readonly passed: boolean;
  /** What was found. */
  readonly found: string;
  /** What to do about it where it did not pass. */
  readonly remedy?: string;
}

/** What was found out about the adapter. */
export interface AdapterReport {
  /** Its limits by name; none where there is no adapter. */
  readonly limits: Readonly<Record<string, number>>;
  /** The adapter itself, then the parts of the self-test. */
  readonly checks: readonly DoctorCheck[];
}

/** What is done about the kernels of this machine. */
export interface KernelTable {
  /**
   * Measures the variants of kernels on an adapter, and keeps the fastest.
   *
   * @param adapter Which adapter.
   * @throws {GpuError} There is no such adapter, or it has no timestamps.
   */
  readonly tune: (adapter: AdapterChoice) => Promise<MeasuredKernels>;
  /** Goes back to the shipped kernels; tells whether there were others. */
  readonly forget: () => Promise<boolean>;
}

/** The oldest Deno that Bandpass runs on; the launcher looks for the same. */
const oldestDeno = "2.9.5";

/**
 * The command.
 *
 * @param examine Looks at the adapter. It reports what is wrong there, and throws none of it.
 * @param kernels Measures and forgets kernels.
 */
export function doctorCommand(
  examine: (adapter: AdapterChoice) => Promise<AdapterReport>,
  { tune, forget }: KernelTable,
): AnyCommand {
  return createCommand("doctor", "Show your hardware and any problems", [
    { purpose: "Check this machine", line: "doctor" },
    { purpose: "Check the software driver", line: "doctor --adapter cpu" },
    { purpose: "Find the fastest kernels for this machine", line: "doctor --tune" },
  ])
    .addOption(adapterOption())
    .option(
      "--tune",
      "Measure the variants of kernels for up to a minute, and use the fastest from now on; runs that there are keep theirs",
      false,
    )
    .option("--forget", "Use the shipped kernels again, as before --tune", false)
    .option("--json", "Print the result as JSON", false)
    .action(async ({ adapter, tune: isTuning, forget: isForgetting, json }) => {
      if (isTuning && isForgetting) {
        throw new UsageError(
          "Cannot tune and forget kernels at once",
          "Give --tune or --forget, and not both",
        );
      }
      const measured = isTuning ? await tune(adapter) : undefined;
      if (isForgetting && !await forget()) note("There were no kernels to forget");
      const report = await examine(adapter);
      const checks = [denoCheck(Deno.version.deno), ...report.checks];
      const passed = checks.every((check) => check.passed);
      const system = `${Deno.build.os} ${Deno.build.arch}`;
      if (json) await writeJson({ passed, system, checks, limits: report.limits, measured });
      else {
        if (measured !== undefined) await writeResult(`${measuredText(measured)}\n`);
        await writeResult(doctorText(system, checks, report.limits));
      }
      if (!passed) {
        throw new BandpassError(
          "This machine cannot train yet",
          checks.find((check) => check.remedy !== undefined)?.remedy,
          exitCodes.noGpu,
        );
      }
    });
}

/**
 * Whether a version of Deno is recent enough.
 *
 * @param version Such as `2.9.6`.
 */
export function denoCheck(version: string): DoctorCheck {
  const parts = (text: string) => text.split(/[.+-]/).map(Number);
  const [found, oldest] = [parts(version), parts(oldestDeno)];
  const different = oldest.findIndex((part, n) => part !== found[n]);
  const passed = different === -1 || found[different] > oldest[different];
  return {
    name: "Deno",
    passed,
    found: passed ? version : `${version}, expected ${oldestDeno} or later`,
    remedy: passed ? undefined : "Run deno upgrade, or start tasks with ./bandpass",
  };
}

/**
 * The result for people to read.
 *
 * @param system Operating system and processor.
 * @param checks What was looked at.
 * @param limits The adapter's limits.
 */
export function doctorText(
  system: string,
  checks: readonly DoctorCheck[],
  limits: Readonly<Record<string, number>>,
): string {
  const names = [...checks.map((check) => check.name), ...Object.keys(limits)];
  const width = Math.max(...names.map((name) => name.length));
  const lines = checks.flatMap(({ name, passed, found, remedy }) => [
    `${passed ? "ok    " : "FAILED"}  ${name.padEnd(width)}  ${found}`,
    ...remedy === undefined ? [] : [`${" ".repeat(width + 10)}next: ${remedy}`],
  ]);
  const limitLines = Object.entries(limits).map(([name, value]) =>
    `        ${name.padEnd(width)}  ${grouped(value)}`
  );
  return [`Bandpass on ${system}`, "", ...lines, ...limitLines, ""].join("\n");
}
