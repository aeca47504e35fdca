// What both forward kernels compute, and their operands: y[r] = Σ_c a[r, c]·b[r, c]. Stores.

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> a: array<Element>;
@group(0) @binding(1) var<storage, read> b: array<Element>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
