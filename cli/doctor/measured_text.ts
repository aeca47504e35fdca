/**
 * What `doctor --tune` has measured, for people to read.
 *
 * @module
 */
import { kernelFamilies, kernelVariants } from "../../gpu/kernel_choices.ts";
import { tableText } from "../common/text_table.ts";
import type { MeasuredKernels } from "./measure_kernels.ts";

/**
 * A table of each family: milliseconds by case and variant.
 *
 * @param measured What was measured.
 */
export function measuredText({ cases, kernels }: MeasuredKernels): string {
  return kernelFamilies.map((family) => {
    const own = cases.filter((one) => one.family === family);
    const variants = kernelVariants[family].filter((variant) => variant in own[0].milliseconds);
    return tableText([
      { heading: `ms (${family})`, cells: own.map(({ name }) => name) },
      ...variants.map((variant) => ({
        heading: variant === kernels[family] ? `${variant} *` : variant,
        cells: own.map(({ milliseconds }) => milliseconds[variant].toFixed(3)),
        isNumber: true,
      })),
    ]);
  }).join("\n") + "\n* used from now on\n";
}
