import { assert, assertArrayIncludes, assertEquals } from "@std/assert";
import { type Files, kernelsOf, readShaders } from "./kernel_sources.ts";
import {
  bindingFaults,
  bufferFaults,
  fileFaults,
  floatFaults,
  overrideFaults,
  uniformFaults,
} from "./source_faults.ts";

const files = await readShaders();

/** The sources with one change in a file, which a rule is to find. */
function changed(ending: string, before: string, after: string): Files {
  const path = [...files.keys()].find((path) => path.endsWith(ending))!;
  const text = files.get(path)!;
  assertEquals(text.split(before).length, 2, `${path} has "${before}" once`);
  return new Map([...files, [path, text.replace(before, after)]]);
}

Deno.test("the kernels are read with all of their sources", () => {
  const kernels = kernelsOf(files);
  assert(kernels.length > 100, `${kernels.length} kernels`);
  const endings = (name: string) =>
    kernels.filter((kernel) => kernel.name === name)
      .map(({ paths }) => paths.map((path) => path.split("/").at(-1)));
  assertEquals(endings("gate/backward"), [["counted.wgsl", "functions.wgsl", "backward.wgsl"]]);
  assertEquals(endings("softmax/forward"), [
    ["scalar.wgsl", "counted.wgsl", "forward.wgsl"],
    ["vector.wgsl", "counted.wgsl", "forward.wgsl"],
  ]);
  assertEquals(endings("matmul/plain"), [["functions.wgsl", "activation.wgsl", "plain.wgsl"]]);
});

Deno.test("every kernel binds at most the 8 storage buffers that any device has", () => {
  assertEquals(bufferFaults(files), []);
  // Seven of its own, and counted.wgsl's.
  const ninth = changed(
    "element/counted.wgsl",
    "override has_count",
    "@group(0) @binding(10) var<storage, read> more: array<u32>;\noverride has_count",
  );
  assertArrayIncludes(bufferFaults(ninth).map((fault) => fault.split(":")[0]), [
    "gate/backward binds 9 storage buffers",
  ]);
});

Deno.test("every binding of a kernel is read off its source, under a number of its own", () => {
  assertEquals(bindingFaults(files), []);
  const shared = changed("element/counted.wgsl", "@binding(9)", "@binding(1)");
  assertArrayIncludes(bindingFaults(shared), ["reduce/column_sum shares a number: 1,0,1,2"]);
  const gap = changed("bce_loss/forward.wgsl", "@binding(2)", "@binding(7)");
  assertEquals(bindingFaults(gap), ["bce_loss/forward has a gap: 0,1,3,7"]);
  const unread = changed("bce_loss/forward.wgsl", "var<uniform> uniforms", "var<uniform> sizes");
  assertEquals(bindingFaults(unread), ["bce_loss/forward declares 4, of which 3 are read"]);
});

Deno.test("every uniform is read by a kernel that has it", () => {
  assertEquals(uniformFaults(files), []);
  const unread = changed("bce_loss/forward.wgsl", "uniforms.sign", "1.0 /* uniforms.sign */");
  assertEquals(uniformFaults(unread), ['bce_loss/forward.wgsl: nobody reads the uniform "sign"']);
});

Deno.test("every override constant of a kernel is used, and has a default", () => {
  assertEquals(overrideFaults(files), []);
  // The head comment speaks of it all the same.
  const unused = changed("bce_loss/backward.wgsl", "if (accumulate) { value += dscore[b]; }", "");
  assertEquals(overrideFaults(unused), ['bce_loss/backward does not use "accumulate"']);
  const open = changed("bce_loss/backward.wgsl", "bool = false", "bool");
  assertEquals(overrideFaults(open), ['bce_loss/backward: "accumulate" has no default']);
});

Deno.test("every WGSL file is part of a kernel, and says first what it computes", () => {
  assertEquals(fileFaults(files), []);
  const silent = changed("bce_loss/forward.wgsl", "// y[b]", "\n// y[b]");
  assertEquals(fileFaults(silent), ["bce_loss/forward.wgsl has no head comment"]);
  const alone = new Map([...files, ["bce_loss/alone.wgsl", files.get("bce_loss/forward.wgsl")!]]);
  assertEquals(fileFaults(alone), ["bce_loss/alone.wgsl is part of no kernel"]);
});

Deno.test("no kernel compares floats to find NaN, or adds floats atomically", () => {
  assertEquals(floatFaults(files), []);
  const compared = changed(
    "bce_loss/forward.wgsl",
    "y[b] = select",
    "if (score[b] != score[b]) { return; }\n y[b] = select",
  );
  assertEquals(floatFaults(compared), ["bce_loss/forward.wgsl: score[b] != score[b]"]);
  const atomic = changed("bce_loss/forward.wgsl", "y: array<f32>", "y: array<atomic<f32>>");
  assertEquals(floatFaults(atomic), ["bce_loss/forward.wgsl has atomic floats"]);
});

Deno.test("every op has a test file of its name", async () => {
  const modules = [...files.keys()].filter((path) => /\/.*\.ts$/.test(path));
  const ops = new Set(modules.map((path) => path.split("/").at(-2)!));
  assert(ops.size > 40, `${ops.size} ops`);
  for (const op of ops) {
    const { isFile } = await Deno.stat(new URL(`${op}_test.ts`, import.meta.url));
    assert(isFile, op);
  }
});
