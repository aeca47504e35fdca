// squares[m, k] = ‖row k of matrix m‖²: the eigenvalues of G + δ·1, before they are sorted. Stores. One invocation
// a row.

struct Uniforms {
  matrices: u32,
  size: u32, // d, a multiple of 4
  stride: u32, // numbers from one matrix to the next
}

@group(0) @binding(0) var<storage, read> rows: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> squares: array<f32>; // matrices×size
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let matrix = thread / uniforms.size;
  if (matrix >= uniforms.matrices) { return; }
  let vectors = uniforms.size / 4u;
  let start = matrix * uniforms.stride / 4u + (thread % uniforms.size) * vectors;
  var sum = vec4<f32>(0.0);
  for (var at = start; at < start + vectors; at++) { sum += rows[at] * rows[at]; }
  squares[thread] = sum.x + sum.y + sum.z + sum.w;
}
