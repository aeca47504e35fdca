/**
 * What `doctor` finds out about the adapter.
 *
 * @module
 */
import { BandpassError } from "../../errors.ts";
import { type AdapterChoice, openGpu } from "../../gpu/device.ts";
import { selfTest } from "../../gpu/self_test.ts";
import { flags } from "../common/flags.ts";
import { shareCores } from "../../gpu/software_threads.ts";
import type { AdapterReport } from "./doctor_command.ts";

/**
 * Opens the adapter and asks it the questions of the self-test; failures are part of the report.
 *
 * @param choice Which adapter.
 */
export async function examineAdapter(choice: AdapterChoice): Promise<AdapterReport> {
  shareCores();
  try {
    const gpu = await openGpu(choice);
    try {
      const kind = gpu.software ? "software" : "hardware";
      const answers = await selfTest(gpu);
      return {
        limits: gpu.limits,
        checks: [
          {
            name: "Adapter",
            passed: true,
            found: `${gpu.name} (${kind}), ${gpu.timestamps ? "with" : "without"} timestamps`,
          },
          ...answers.map(({ name, passed, found }) => ({
            name: name[0].toUpperCase() + name.slice(1),
            passed,
            found,
            remedy: passed ? undefined : "Update the driver, or use another adapter",
          })),
        ],
      };
    } finally {
      gpu.close();
    }
  } catch (error) {
    if (!(error instanceof BandpassError)) throw error;
    const { message: found, nextStep: remedy } = error.told(flags);
    return { limits: {}, checks: [{ name: "Adapter", passed: false, found, remedy }] };
  }
}
