// What both forward kernels compute, and their operands: y[r] = (factor·‖p[r]‖ + 1e-6)/(‖q[r]‖ + 1e-6). Stores;
// norms[r] = (‖p[r]‖, ‖q[r]‖) for the backward pass.

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row
  factor: f32,
}

@group(0) @binding(0) var<storage, read> p: array<Element>;
@group(0) @binding(1) var<storage, read> q: array<Element>;
@group(0) @binding(2) var<storage, read_write> norms: array<vec2<f32>>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;
