// What both backward kernels compute, and their operands:
//   dx[r, b, c] = weights[r, b]·dy[r, c] and dweights[r, b] = Σ_c x[r, b, c]·dy[r, c].
// Stores (=), or adds (+=) to dx where `accumulate_x` is 1, to dweights where `accumulate_weights` is 1.

override accumulate_x: bool = false;
override accumulate_weights: bool = false;

struct Uniforms { // as in forward.wgsl
  rows: u32,
  columns: u32,
  bands: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read> dy: array<Element>;
@group(0) @binding(3) var<storage, read_write> dx: array<Element>;
@group(0) @binding(4) var<storage, read_write> dweights: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;
