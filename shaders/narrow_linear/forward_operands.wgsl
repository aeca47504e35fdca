// What both forward kernels compute, and their operands:
//   y[r, m] = Σ_c x[first_row + r, c]·w[m, c] + bias[m] for up to four outputs m from `first_out` on,
// a linear layer of few outputs. Stores.

struct Uniforms {
  rows: u32,
  vectors: u32, // columns of x, in fours
  out: u32,
  first_row: u32,
  first_out: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> w: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;
