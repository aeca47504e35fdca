// y[r] = factor·(cos(a_r, b_r) − 1)², or += for the pairs after the first (`accumulate`); a and b are blocks of
// `vectors` fours of columns. The norms' product counts as at least 1e-8, as in PyTorch. One invocation
// a row.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  vectors: u32,
  a_stride: u32,
  a_start: u32,
  b_stride: u32,
  b_start: u32,
  factor: f32,
}

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let one = row * uniforms.a_stride + uniforms.a_start;
  let other = row * uniforms.b_stride + uniforms.b_start;
  var inner = vec4<f32>(0.0);
  var square_a = vec4<f32>(0.0);
  var square_b = vec4<f32>(0.0);
  for (var c = 0u; c < uniforms.vectors; c++) {
    let p = a[one + c];
    let q = b[other + c];
    inner += p * q;
    square_a += p * p;
    square_b += q * q;
  }
  let ones = vec4<f32>(1.0);
  let norms = sqrt(dot(square_a, ones)) * sqrt(dot(square_b, ones));
  let gap = dot(inner, ones) / max(norms, 1e-8) - 1.0;
  var value = uniforms.factor * gap * gap;
  if (accumulate) { value += y[row]; }
  y[row] = value;
}
