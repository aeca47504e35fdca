/**
 * Activations: the functions that a product can be followed by.
 *
 * @module
 */
import activationSource from "./activation.wgsl" with { type: "text" };
import { operations } from "./elementwise.ts";
import functionsSource from "./functions.wgsl" with { type: "text" };

/** A function whose slope is known from its value. */
export type Activation = "sigmoid" | "tanh" | "relu" | "leaky_relu";

/** What a kernel needs before it that calls `activated()`. */
export const activationSources: readonly string[] = [functionsSource, activationSource];

/**
 * The value of the kernel's constant `activation`.
 *
 * @param activation Which function (default: none).
 */
export function activationConstant(activation: Activation | undefined): number {
  return activation === undefined ? 0 : operations[activation];
}
