// With g = 2·factor·(cos − 1)·dy: da_r += g·(b_r/(‖a‖‖b‖) − cos·a_r/‖a‖²); db by exchanging a and b.
// Adds (+=). One invocation a row.

struct Uniforms { // as in forward.wgsl
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
@group(0) @binding(2) var<storage, read> dy: array<f32>;
@group(0) @binding(3) var<storage, read_write> da: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows || dy[row] == 0.0) { return; }
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
  let own = dot(square_a, ones);
  let norms = sqrt(own) * sqrt(dot(square_b, ones));
  let cosine = dot(inner, ones) / max(norms, 1e-8);
  let slope = 2.0 * uniforms.factor * (cosine - 1.0) * dy[row];
  let across = slope / max(norms, 1e-8);
  // Below the least product of norms the cosine is linear in a.
  let along = select(0.0, slope * cosine / own, norms > 1e-8);
  for (var c = 0u; c < uniforms.vectors; c++) {
    da[one + c] += across * b[other + c] - along * a[one + c];
  }
}
