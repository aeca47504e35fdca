/**
 * `doctor`: what this machine has, and what to do where something is missing.
 *
 * @module
 */
import { BandpassError, exitCodes } from "../../errors.ts";
import { grouped } from "../../data/counts.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { writeJson, writeResult } from "../common/output.ts";

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

/** The oldest Deno that Bandpass runs on; the launcher looks for the same. */
const oldestDeno = "2.9.5";

/**
 * The command.
 *
 * @param examine Looks at the adapter. It reports what is wrong there, and throws none of it.
 */
export function doctorCommand(
  examine: (adapter: "auto" | "gpu" | "cpu") => Promise<AdapterReport>,
): AnyCommand {
  return createCommand("doctor", "Show your hardware and any problems", [
    { purpose: "Check this machine", line: "doctor" },
    { purpose: "Check the software driver", line: "doctor --adapter cpu" },
  ])
    .addOption(adapterOption())
    .option("--json", "Print the result as JSON", false)
    .action(async ({ adapter, json }) => {
      const report = await examine(adapter);
      const checks = [denoCheck(Deno.version.deno), ...report.checks];
      const passed = checks.every((check) => check.passed);
      const system = `${Deno.build.os} ${Deno.build.arch}`;
      if (json) await writeJson({ passed, system, checks, limits: report.limits });
      else await writeResult(doctorText(system, checks, report.limits));
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
