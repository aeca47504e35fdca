import { assertEquals, assertStrictEquals } from "@std/assert";
import type { Gpu } from "../../gpu/gpu.ts";
import {
  adapterFamily,
  kernelFamilies,
  kernelVariants,
  ownKernels,
  parseChoices,
  shippedChoices,
  withKernels,
} from "../../gpu/kernel_choices.ts";

Deno.test("adapterFamily() knows makers by their numbers and by their names", () => {
  const family = (vendor: string, description = "") =>
    adapterFamily({ vendor, description }, false);
  assertEquals(family("4318", "NVIDIA H200"), "nvidia");
  assertEquals(family("", "NVIDIA GeForce RTX 4090"), "nvidia");
  assertEquals(family("4098", "AMD Radeon RX 7900 XTX (RADV NAVI31)"), "amd");
  assertEquals(family("32902", "Intel(R) Arc(tm) A770"), "intel");
  assertEquals(family("apple"), "apple");
  assertEquals(family("4203", "Apple M2"), "apple");
  assertEquals(family("5045", "Mali-G78"), "other");
  assertEquals(family("43180"), "other");
  const software = (description: string) => adapterFamily({ vendor: "65541", description }, true);
  assertEquals(software("llvmpipe (LLVM 15.0.6, 256 bits)"), "lavapipe");
  assertEquals(software("SwiftShader Device (Subzero)"), "software");
});

Deno.test("the shipped table has a variant of each family of kernels for all adapters", () => {
  for (const choices of Object.values(shippedChoices)) {
    assertEquals(parseChoices(choices), choices);
    assertEquals(Object.keys(choices).sort(), kernelFamilies.toSorted());
  }
});

Deno.test("parseChoices() refuses families that are missing, and variants that there are not", () => {
  const choices = shippedChoices.software;
  assertEquals(parseChoices({ ...choices, more: 1 }), choices);
  for (const family of kernelFamilies) {
    assertEquals(parseChoices({ ...choices, [family]: "none of them" }), undefined);
    assertEquals(parseChoices({ ...choices, [family]: undefined }), undefined);
  }
  for (const value of [null, undefined, "x", []]) assertEquals(parseChoices(value), undefined);
});

Deno.test("withKernels() keeps the device where nothing changes, and ownKernels() tells what is not shipped", () => {
  const gpu = { name: "a", family: "nvidia", kernels: shippedChoices.nvidia } as Gpu;
  assertStrictEquals(withKernels(gpu), gpu);
  assertStrictEquals(withKernels(gpu, { ...gpu.kernels }), gpu);
  assertEquals(ownKernels(gpu), undefined);
  for (const products of kernelVariants.products) {
    const other = withKernels(gpu, { ...gpu.kernels, products });
    const isShipped = products === gpu.kernels.products;
    assertEquals(ownKernels(other), isShipped ? undefined : { ...gpu.kernels, products });
    assertEquals(withKernels(other), gpu);
  }
});
