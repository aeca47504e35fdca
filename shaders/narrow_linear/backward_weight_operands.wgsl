// What both kernels of the weight's gradient compute, and their operands:
//   parts[s, m, c] = Σ dy[r, m]·x[first_row + r, c] over the rows r of part s,
// for up to four outputs m from `first_out` on. Stores; reduce/combine.wgsl adds the parts in order.

struct Uniforms {
  rows: u32,
  vectors: u32,
  out: u32,
  first_row: u32,
  first_out: u32,
  part: u32, // rows of a part
  splits: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read_write> parts: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
