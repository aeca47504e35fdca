/**
 * Which variant of each family of kernels an adapter runs.
 *
 * Variants agree to rounding, but not to the bit. So a shipped table has them by family of adapters, and equal
 * machines give equal bytes; a table that was measured on a machine (`doctor`) stands above it, and runs record
 * theirs.
 *
 * @module
 */
/** The variants of each family of kernels. */
export const kernelVariants = {
  /**
   * Dense products (`shaders/matmul/`): tiles in registers, narrow or wide; tiles whose loads a subgroup shares,
   * where the device forms subgroups, else wide ones; the same with operands read through textures, to the same
   * bits; or tiles in workgroup memory.
   */
  products: ["registers", "wide registers", "subgroups", "textures", "workgroups"],
  /**
   * Sparse products (`shaders/spmm/`): each invocation by itself, or entries that a subgroup shares; or the latter
   * with the dense operand read through a texture, to the same bits.
   */
  sparseProducts: ["invocations", "subgroups", "textures"],
  /** Sums over everything (`shaders/reduce/`): a part for an invocation, or for a workgroup. */
  sums: ["invocations", "workgroups"],
  /** The best items (`shaders/top_k/`): one invocation a user, or a workgroup. */
  lists: ["tournament", "radix selection"],
} as const;

/** A family of kernels with variants. */
export type KernelFamily = keyof typeof kernelVariants;

/** The families. */
export const kernelFamilies = Object.keys(kernelVariants) as KernelFamily[];

/** A variant of each family. */
export type KernelChoices = {
  readonly [Family in KernelFamily]: typeof kernelVariants[Family][number];
};

/** Adapters that run the same variants. */
export type AdapterFamily =
  | "lavapipe"
  | "software"
  | "nvidia"
  | "amd"
  | "intel"
  | "apple"
  | "other";

/** What runs kernels. */
export interface KernelDevice {
  /** The adapters that run the same variants of kernels, but for a table of one's own. */
  readonly family: AdapterFamily;
  /** The variant of each family of kernels that it runs. */
  readonly kernels: KernelChoices;
}

/** Variants of hardware, which all makers' have until a card of theirs has been measured. */
const hardware: KernelChoices = {
  products: "registers",
  sparseProducts: "invocations",
  sums: "workgroups",
  lists: "radix selection",
};

/** Variants of drivers that compute on the CPU. */
const software: KernelChoices = {
  products: "subgroups",
  sparseProducts: "subgroups",
  sums: "invocations",
  lists: "tournament",
};

/** The shipped table. */
export const shippedChoices: Readonly<Record<AdapterFamily, KernelChoices>> = {
  lavapipe: { ...software, products: "textures", sparseProducts: "textures" },
  software,
  // An H100: bench/RESULTS.md, "On a real GPU: NVIDIA H100, beside PyTorch".
  nvidia: { ...hardware, products: "workgroups" },
  amd: hardware,
  intel: hardware,
  apple: hardware,
  other: hardware,
};

/** Makers by the number that Vulkan gives them, and by the names that adapters and browsers use. */
const makers: readonly (readonly [AdapterFamily, RegExp])[] = [
  ["nvidia", /^4318\b|nvidia|geforce|tesla|quadro/i],
  ["amd", /^4098\b|\bamd\b|radeon/i],
  ["intel", /^32902\b|intel/i],
  ["apple", /^4203\b|apple/i],
];

/**
 * The family of an adapter.
 *
 * @param info What WebGPU says of it.
 * @param software Whether it computes on the CPU.
 * @example
 * ```ts
 * import { adapterFamily } from "./kernel_choices.ts";
 * adapterFamily({ vendor: "4318", description: "NVIDIA H200" }, false); // "nvidia"
 * ```
 */
export function adapterFamily(
  { vendor, description }: Pick<GPUAdapterInfo, "vendor" | "description">,
  software: boolean,
): AdapterFamily {
  const name = `${vendor} ${description}`;
  if (software) return /llvmpipe|lavapipe/i.test(name) ? "lavapipe" : "software";
  return makers.find(([, pattern]) => pattern.test(name))?.[0] ?? "other";
}

/**
 * The same device, which runs other variants; to be called before anything is built on it.
 *
 * @param gpu The device.
 * @param kernels The variants (default: those of the shipped table).
 * @returns The device itself where it runs them already, so that its pipelines stay.
 */
export function withKernels<Device extends KernelDevice>(
  gpu: Device,
  kernels: KernelChoices = shippedChoices[gpu.family],
): Device {
  return isSame(gpu.kernels, kernels) ? gpu : { ...gpu, kernels };
}

/**
 * The variants of a device that are not those of the shipped table.
 *
 * @param gpu The device.
 * @returns All of its variants; nothing where they are the shipped ones.
 */
export function ownKernels({ family, kernels }: KernelDevice): KernelChoices | undefined {
  return isSame(kernels, shippedChoices[family]) ? undefined : kernels;
}

function isSame(a: KernelChoices, b: KernelChoices): boolean {
  return kernelFamilies.every((family) => a[family] === b[family]);
}

/**
 * Reads choices from JSON.
 *
 * @param value What was parsed.
 * @returns The choices; nothing where a family is missing, or has a variant that there is not.
 */
export function parseChoices(value: unknown): KernelChoices | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const isKnown = (family: KernelFamily) =>
    kernelVariants[family].some((variant) => variant === given[family]);
  if (!kernelFamilies.every(isKnown)) return undefined;
  return Object.fromEntries(
    kernelFamilies.map((family) => [family, given[family]]),
  ) as KernelChoices;
}
