// What both forward kernels compute, and their operands:
//   y[r, b, c] = w[r, b]·x[r, b, c] for the rows that w has, y = x for the rows below them.
// Stores. Vectors of four columns.

struct Uniforms {
  rows: u32, // of x
  weighted: u32, // of w
  blocks: u32,
  vectors: u32, // of a block
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
