/**
 * Kernels that read their uniforms once.
 *
 * @module
 */

const declaration = /var<uniform>\s*uniforms\s*:\s*Uniforms\s*;/;

/**
 * The same kernel, which copies its uniforms when it starts and reads the copies from then on. lavapipe loads a field
 * wherever one is read, in a loop again and again, and each time by a gather of some 25 instructions that tests its
 * bounds: with copies training steps take .91 to .96 of the time, and less is to be compiled (bench/RESULTS.md).
 *
 * Browsers do not take for uniform what such a copy decides on, so a kernel with barriers stays as it is.
 *
 * @param source WGSL.
 * @returns WGSL with the same lines.
 * @example
 * ```ts
 * import { withHeldUniforms } from "./held_uniforms.ts";
 * withHeldUniforms("var<uniform> uniforms: Uniforms; fn main() { y = uniforms.a; }");
 * // "var<uniform> given: Uniforms; var<private> uniforms: Uniforms; fn main() { uniforms = given; y = uniforms.a; }"
 * ```
 */
export function withHeldUniforms(source: string): string {
  if (!declaration.test(source) || /\b(?:workgroup|storage)Barrier\(/.test(source)) return source;
  return source
    .replace(declaration, "var<uniform> given: Uniforms; var<private> uniforms: Uniforms;")
    .replace(/\bfn main\([^{]*\{/, "$& uniforms = given;");
}
