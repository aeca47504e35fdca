/**
 * Comparison of models with golden files: what public reference implementations compute.
 *
 * @example The references that there are
 * ```ts
 * import { references } from "@bandpass/bandpass/verification";
 * references.map(({ model }) => model); // ["BPR", "LightGCN", …, "SSR"]
 * ```
 *
 * @module
 */
export * from "./computed.ts";
export * from "./golden.ts";
export * from "./golden_file.ts";
export * from "./reference.ts";
export * from "./references.ts";
export * from "./references/bpr.ts";
export * from "./references/branches.ts";
export * from "./references/fitmm.ts";
export * from "./references/freedom.ts";
export * from "./references/lightgcn.ts";
export * from "./references/smore.ts";
export * from "./references/ssr.ts";
export * from "./references/vbpr.ts";
export * from "./relative_error.ts";
