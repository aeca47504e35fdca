// T[i, column+c] = H1[first+i, c] + Σ_l H2[first+i, l]·R[l, c]: a block of columns of the projected
// matrix VᵀAV, of the coefficients of two orthogonalisations with a factorisation W = P·R between
// them. Stores. One invocation a number.

struct Uniforms {
  rows: u32,
  first: u32, // of H1 and H2
  size: u32, // b
  column: u32,
  stride: u32, // columns of T
}

@group(0) @binding(0) var<storage, read> first_pass: array<f32>;
@group(0) @binding(1) var<storage, read> second_pass: array<f32>;
@group(0) @binding(2) var<storage, read> factor: array<f32>;
@group(0) @binding(3) var<storage, read_write> projected: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let b = uniforms.size;
  let thread = thread_index(group, groups, local);
  let i = thread / b;
  let c = thread % b;
  if (i >= uniforms.rows) { return; }
  let row = (uniforms.first + i) * b;
  var value = first_pass[row + c];
  for (var l = 0u; l < b; l++) { value += second_pass[row + l] * factor[l * b + c]; }
  projected[i * uniforms.stride + uniforms.column + c] = value;
}
