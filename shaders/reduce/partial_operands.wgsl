// What both kernels of partial sums compute, and their operands:
//   parts[p] = Σ x[n] (or x[n]², where `square` is 1) over the numbers n of part p. Stores.

override square: bool = false;

struct Uniforms {
  count: u32,
  part: u32, // numbers of a part
  parts: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> parts: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;
