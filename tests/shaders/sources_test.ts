import { assert, assertEquals } from "@std/assert";
import { kernel } from "../../gpu/kernel.ts";

/** The WGSL of all ops, by path. */
async function sources(): Promise<[path: string, source: string][]> {
  const folder = new URL("../../shaders/", import.meta.url);
  const found: [string, string][] = [];
  const walk = async (place: string) => {
    for await (const { name, isDirectory } of Deno.readDir(new URL(place, folder))) {
      const path = `${place}${name}`;
      if (isDirectory) await walk(`${path}/`);
      else if (name.endsWith(".wgsl")) {
        found.push([path, await Deno.readTextFile(new URL(path, folder))]);
      }
    }
  };
  await walk("");
  return found.toSorted();
}

const all = await sources();
const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/"));
const hasMain = (source: string) => source.includes("fn main(");
/** Each kernel, with the file of its folder that declares what several kernels share. */
const kernels = all.filter(([, source]) => hasMain(source)).map(([path, source]) => {
  const shared = all.filter(([other, text]) =>
    folderOf(other) === folderOf(path) && !hasMain(text) && text.includes("@binding")
  );
  const isWhole = source.includes("@binding(0)");
  return [path, [...isWhole ? [] : shared.map(([, text]) => text), source].join("\n")] as const;
});

Deno.test("every kernel binds at most the 8 storage buffers that any device has", () => {
  assert(kernels.length > 20);
  for (const [path, source] of kernels) {
    const { bindings } = kernel(path, source);
    assert(bindings.length <= 8, `${path} binds ${bindings.length} storage buffers`);
  }
});

Deno.test("every binding of a kernel is read off its source, under a number of its own", () => {
  for (const [path, source] of kernels) {
    const { bindings, uniformBinding } = kernel(path, source);
    const numbers = bindings.map(({ binding }) => binding);
    if (uniformBinding !== undefined) numbers.push(uniformBinding);
    assertEquals(numbers.toSorted((a, b) => a - b), [...numbers.keys()], path);
    assertEquals(source.match(/@binding/g)!.length, numbers.length, path);
  }
});

Deno.test("every uniform is read by a kernel of its op", () => {
  for (const [path, source] of all) {
    const struct = source.match(/struct Uniforms \{([^}]*)\}/)?.[1] ?? "";
    for (const [, name] of struct.matchAll(/^\s*(\w+)\s*:/gm)) {
      const readers = all.filter(([other]) => folderOf(other) === folderOf(path));
      const isRead = readers.some(([, text]) => new RegExp(`uniforms\\.${name}\\b`).test(text));
      assert(isRead, `${path}: nobody reads ${name}`);
    }
  }
});

Deno.test("every override constant of a kernel is used, and has a default", () => {
  for (const [path, source] of all) {
    for (const [, name, rest] of source.matchAll(/^override (\w+)(.*)$/gm)) {
      assert(/= [^;]+;/.test(rest), `${path}: ${name} has no default`);
      const uses = source.match(new RegExp(`\\b${name}\\b`, "g"))!.length;
      assert(uses > 1, `${path} does not use ${name}`);
    }
  }
});

Deno.test("every WGSL file says first what it computes", () => {
  for (const [path, source] of all) {
    assert(source.startsWith("// ") && source.split("\n")[0].length > 20, path);
  }
});

Deno.test("no kernel compares floats to find NaN, or adds floats atomically", () => {
  for (const [path, source] of all) {
    // Always false for NaN on some drivers (webgpu.md, trap 5).
    for (const [, left, right] of source.matchAll(/\b([\w.\[\]]+) != ([\w.\[\]]+)/g)) {
      assert(left !== right, `${path}: ${left} != ${right}`);
    }
    assert(!source.includes("atomic<f32>"), path);
  }
});
