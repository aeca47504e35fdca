// C = op(A)·B for each matrix, op the transposition where `transpose_left` is 1. Stores. M·Vᵀ, and then
// V·(M·Vᵀ), give the gradient H of the Gram matrix; the rows of Vᵀ are the eigenvectors. One
// invocation four columns of a row.

override transpose_left: bool = false;

@group(0) @binding(0) var<storage, read> left: array<f32>;
@group(0) @binding(1) var<storage, read> right: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let size = uniforms.size;
  let columns = size / 4u;
  let matrix = thread / (size * columns);
  if (matrix >= uniforms.matrices) { return; }
  let row = (thread / columns) % size;
  let column = thread % columns;
  let start = matrix * uniforms.stride;
  var sum = vec4<f32>(0.0);
  for (var k = 0u; k < size; k++) {
    let at = select(row * size + k, k * size + row, transpose_left);
    sum += left[start + at] * right[start / 4u + k * columns + column];
  }
  c[start / 4u + row * columns + column] = sum;
}
