import { assertEquals } from "@std/assert";
import { withHeldUniforms } from "../../gpu/held_uniforms.ts";
import { kernel, pipelineOf } from "../../gpu/kernel.ts";
import { testGpu } from "./test_gpu.ts";

const declared = "@group(0) @binding(1) var<uniform>  uniforms : Uniforms;";
const held = "@group(0) @binding(1) var<uniform> given: Uniforms; var<private> uniforms: Uniforms;";

Deno.test("withHeldUniforms() copies uniforms at the start of main, and keeps the lines", () => {
  const source = (declaration: string, start: string) =>
    `struct Uniforms { a: f32 }
${declaration}
fn twice() -> f32 { return 2.0 * uniforms.a; }
@compute @workgroup_size(1) fn main(
  @builtin(local_invocation_index) local: u32,
) {${start}
  y[local] = twice() + uniforms.a;
}`;
  assertEquals(withHeldUniforms(source(declared, "")), source(held, " uniforms = given;"));
});

Deno.test("withHeldUniforms() leaves kernels without uniforms or with barriers as they are", () => {
  for (
    const source of [
      "fn main() { y[0] = 1.0; }",
      `${declared} fn main() { workgroupBarrier(); y[0] = uniforms.a; }`,
      `${declared} fn main() { storageBarrier(); y[0] = uniforms.a; }`,
    ]
  ) assertEquals(withHeldUniforms(source), source);
});

Deno.test("lavapipe alone gets kernels that hold their uniforms", async () => {
  const gpu = await testGpu();
  const source = `struct Uniforms { a: f32 }
    @group(0) @binding(0) var<storage, read_write> y: array<f32>;
    ${declared}
    @compute @workgroup_size(1) fn main() { y[0] = uniforms.a; }`;
  for (const family of ["lavapipe", "nvidia"] as const) {
    const codes: string[] = [];
    const device = new Proxy(gpu.device, {
      get(target, name) {
        if (name === "createShaderModule") {
          return (descriptor: GPUShaderModuleDescriptor) => {
            codes.push(descriptor.code);
            return target.createShaderModule(descriptor);
          };
        }
        const value = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    await pipelineOf({ ...gpu, device, family }, kernel("held", source), {});
    assertEquals(codes[0].includes("uniforms = given;"), family === "lavapipe");
  }
});
