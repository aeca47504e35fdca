// What both backward kernels compute, and their operands:
//   dx[r, b, c] = w[r, b]·dy[r, b, c] (dy itself below the rows of w), and dw[r, b] = Σ_c x[r, b, c]·dy[r, b, c].
// Stores (=), or adds (+=) to dx where `accumulate_x` is 1, to dw where `accumulate_w` is 1.

override accumulate_x: bool = false;
override accumulate_w: bool = false;

struct Uniforms { // as in forward_operands.wgsl
  rows: u32,
  weighted: u32,
  blocks: u32,
  vectors: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> dx: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> dw: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;
