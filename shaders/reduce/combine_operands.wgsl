// What both kernels that combine parts compute, and their operands:
//   C = f(the sum of `splits` parts of m×n numbers (+ bias)), f by `activation`.
// Stores, or adds where `accumulate` is 1.

override accumulate: bool = false;
override has_bias: bool = false;

struct Uniforms {
  count: u32, // m·n
  columns: u32, // n
  splits: u32,
}

@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read> bias: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
