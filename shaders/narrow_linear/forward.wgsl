// y[r, m] = Σ_c x[first_row + r, c]·w[m, c] + bias[m]: a linear layer of few outputs. Stores. One
// invocation a row and output; on lavapipe rows of a few outputs stay in the cache.

struct Uniforms {
  rows: u32,
  vectors: u32, // columns of x, in fours
  out: u32,
  first_row: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> w: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.rows * uniforms.out) { return; }
  let out = at % uniforms.out;
  let start = (uniforms.first_row + at / uniforms.out) * uniforms.vectors;
  var sum = vec4<f32>(0.0);
  for (var c = 0u; c < uniforms.vectors; c++) { sum += x[start + c] * w[out * uniforms.vectors + c]; }
  y[at] = sum.x + sum.y + sum.z + sum.w + bias[out];
}
