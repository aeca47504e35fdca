/**
 * What must hold of the WGSL of every kernel, beyond what a compiler asks.
 *
 * Each rule gives its faults in words, so that a test can show that it finds some.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import { type Files, kernelsOf, type KernelSources, withoutComments } from "./kernel_sources.ts";

const folderOf = (path: string) => path.replace(/[^/]*$/, "");
const isWgsl = (path: string) => path.endsWith(".wgsl");
const wgslOf = (files: Files) => Array.from(files).filter(([path]) => isWgsl(path));

/** The storage buffers that any device allows a shader (webgpu.md, "Limits"). */
const mostBuffers = 8;

/** All WGSL of a kernel, as its op joins it. */
function joined(files: Files, { name, paths }: KernelSources) {
  const sources = paths.map((path) => files.get(path)!);
  return { ...kernel(name, ...sources), code: withoutComments(sources.join("\n")) };
}

/** Kernels that bind more storage buffers than any device has. */
export function bufferFaults(files: Files): string[] {
  return kernelsOf(files).flatMap((sources) => {
    const { bindings } = joined(files, sources);
    if (bindings.length <= mostBuffers) return [];
    const names = bindings.map(({ name }) => name).join(", ");
    return [`${sources.name} binds ${bindings.length} storage buffers: ${names}`];
  });
}

/**
 * Bindings that are not read off a source, that share their number, or that leave a gap. What other
 * folders lend has numbers behind those of the op.
 */
export function bindingFaults(files: Files): string[] {
  return kernelsOf(files).flatMap((sources) => {
    const { bindings, uniformBinding, code } = joined(files, sources);
    const numbers = bindings.map(({ binding }) => binding);
    if (uniformBinding !== undefined) numbers.push(uniformBinding);
    const faults = [];
    const declared = code.match(/@binding/g)!.length;
    if (declared !== numbers.length) {
      faults.push(`declares ${declared}, of which ${numbers.length} are read`);
    }
    if (new Set(numbers).size < numbers.length) faults.push(`shares a number: ${numbers}`);
    const home = folderOf(sources.paths.at(-1)!);
    const own = sources.paths.filter((path) => folderOf(path) === home)
      .flatMap((path) => [...withoutComments(files.get(path)!).matchAll(/@binding\((\d+)\)/g)])
      .map(([, number]) => Number(number)).toSorted((a, b) => a - b);
    if (own.some((number, n) => number !== n)) faults.push(`has a gap: ${own}`);
    return faults.map((fault) => `${sources.name} ${fault}`);
  });
}

/** Uniforms that no kernel reads which has them. */
export function uniformFaults(files: Files): string[] {
  const kernels = kernelsOf(files);
  return wgslOf(files).flatMap(([path, source]) => {
    const struct = withoutComments(source).match(/struct Uniforms \{([^}]*)\}/)?.[1] ?? "";
    const code = kernels.filter(({ paths }) => paths.includes(path))
      .map((sources) => joined(files, sources).code).join("\n");
    return [...struct.matchAll(/(\w+)\s*:/g)].map(([, name]) => name)
      .filter((name) => !new RegExp(`\\buniforms\\.${name}\\b`).test(code))
      .map((name) => `${path}: nobody reads the uniform "${name}"`);
  });
}

/** Override constants without a default, or that a kernel has and does not use. */
export function overrideFaults(files: Files): string[] {
  return kernelsOf(files).flatMap((sources) => {
    const { name: kernelName, code } = joined(files, sources);
    return [...code.matchAll(/^override (\w+)(.*)$/gm)].flatMap(([, name, rest]) => {
      const faults = [];
      if (!/= [^;]+;/.test(rest)) faults.push(`${kernelName}: "${name}" has no default`);
      const uses = code.match(new RegExp(`\\b${name}\\b`, "g"))!.length;
      if (uses < 2) faults.push(`${kernelName} does not use "${name}"`);
      return faults;
    });
  });
}

/** Files that no kernel has, and those that do not say first what they compute. */
export function fileFaults(files: Files): string[] {
  const used = new Set(kernelsOf(files).flatMap(({ paths }) => paths));
  return wgslOf(files).flatMap(([path, source]) => {
    const faults = [];
    if (!used.has(path)) faults.push(`${path} is part of no kernel`);
    const [head] = source.split("\n");
    if (!head.startsWith("// ") || head.length <= 20) faults.push(`${path} has no head comment`);
    return faults;
  });
}

/**
 * What computes other numbers on some devices: a float that is compared with itself to find NaN, which is
 * always equal on some drivers (webgpu.md, trap 5), and floats that are added in any order.
 */
export function floatFaults(files: Files): string[] {
  return wgslOf(files).flatMap(([path, source]) => {
    const code = withoutComments(source);
    const compared = [...code.matchAll(/([\w.\[\]]+) != ([\w.\[\]]+)/g)]
      .filter(([, left, right]) => left === right)
      .map(([text]) => `${path}: ${text}`);
    return code.includes("atomic<f32>") ? [...compared, `${path} has atomic floats`] : compared;
  });
}
