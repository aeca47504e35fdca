/**
 * What `doctor` finds out about the adapter.
 *
 * @module
 */
import { BandpassError } from "../../errors.ts";
import { type AdapterChoice, openGpu } from "../../gpu/device.ts";
import { selfTest } from "../../gpu/self_test.ts";
import { flags } from "../common/flags.ts";
import { type KernelChoices, kernelFamilies } from "../../gpu/kernel_choices.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { shareCores } from "../../gpu/software_threads.ts";
import { readOwnKernels } from "../common/own_kernels.ts";
import type { AdapterReport, DoctorCheck } from "./doctor_command.ts";

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
          await kernelCheck(gpu),
          ...answers.map(({ name, passed, found }) => ({
            name: name[0].toUpperCase() + name.slice(1),
            passed,
            found,
            remedy: passed ? undefined : "Update the driver, or use another adapter",
          })),
        ],
      };
    } finally {
      await gpu.close();
    }
  } catch (error) {
    if (!(error instanceof BandpassError)) throw error;
    const { message: found, nextStep: remedy } = error.told(flags);
    return { limits: {}, checks: [{ name: "Adapter", passed: false, found, remedy }] };
  }
}

/** What the families of kernels are called. */
const familyNames: Readonly<Record<keyof KernelChoices, string>> = {
  products: "dense products",
  sparseProducts: "sparse products",
  sums: "sums",
  lists: "lists",
};

/** Which variants of kernels run on a device. */
async function kernelCheck({ name: adapter, family, kernels }: Gpu): Promise<DoctorCheck> {
  const name = "Kernels";
  try {
    const own = (await readOwnKernels())[adapter];
    const chosen = own ?? kernels;
    const variants = kernelFamilies.map((one) => `${familyNames[one]}: ${chosen[one]}`).join(", ");
    const origin = own === undefined ? `those shipped for ${family} adapters` : "measured here";
    return { name, passed: true, found: `${origin}; ${variants}` };
  } catch (error) {
    if (!(error instanceof BandpassError)) throw error;
    const { message: found, nextStep: remedy } = error.told(flags);
    return { name, passed: false, found, remedy };
  }
}
