// dx[first_row + r, c] += Σ_m dy[r, m]·w[m, c]. Adds (+=). One invocation a vector of four columns.

struct Uniforms { // as in forward_operands.wgsl
  rows: u32,
  vectors: u32,
  out: u32,
  first_row: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> w: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> dx: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let row = thread / uniforms.vectors;
  let c = thread % uniforms.vectors;
  if (row >= uniforms.rows) { return; }
  var sum = vec4<f32>(0.0);
  for (var m = 0u; m < uniforms.out; m++) {
    sum += dy[row * uniforms.out + m] * w[m * uniforms.vectors + c];
  }
  dx[uniforms.first_row * uniforms.vectors + thread] += sum;
}
