// The eigenpairs of each G in descending order of their eigenvalues, from its rotated rows and their squared
// lengths: vectors of length 1, and eigenvalues without the shift of cholesky.wgsl. Stores. One invocation an
// eigenvector and vector of four of its numbers.

struct Uniforms {
  matrices: u32,
  size: u32, // d, a multiple of 4
  stride: u32, // numbers from one matrix to the next
}

@group(0) @binding(0) var<storage, read> squares: array<f32>; // matrices×size
@group(0) @binding(1) var<storage, read> shifts: array<f32>;
@group(0) @binding(2) var<storage, read> rows: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> values: array<f32>; // matrices×size
@group(0) @binding(4) var<storage, read_write> sorted: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let size = uniforms.size;
  let vectors_a_row = size / 4u;
  let matrix = thread / (size * vectors_a_row);
  if (matrix >= uniforms.matrices) { return; }
  let index = (thread / vectors_a_row) % size;
  let column = thread % vectors_a_row;
  let first = matrix * size;
  let own = squares[first + index];
  var rank = 0u;
  for (var other = 0u; other < size; other++) {
    let value = squares[first + other];
    if (value > own || (value == own && other < index)) { rank++; }
  }
  let start = matrix * uniforms.stride / 4u;
  sorted[start + rank * vectors_a_row + column] = rows[start + index * vectors_a_row + column] / sqrt(own);
  if (column == 0u) { values[first + rank] = max(own - shifts[matrix], 0.0); }
}
