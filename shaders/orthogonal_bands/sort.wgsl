// The eigenpairs of each matrix in descending order of their eigenvalues. Stores. One invocation an
// eigenvector and vector of four of its numbers.

@group(0) @binding(0) var<storage, read> g: array<f32>; // eigenvalues on the diagonal
@group(0) @binding(1) var<storage, read> vectors: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> values: array<f32>; // matrices×size
@group(0) @binding(3) var<storage, read_write> sorted: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

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
  let start = matrix * uniforms.stride;
  let own = g[start + index * (size + 1u)];
  var rank = 0u;
  for (var other = 0u; other < size; other++) {
    let value = g[start + other * (size + 1u)];
    if (value > own || (value == own && other < index)) { rank++; }
  }
  let source = start / 4u + index * vectors_a_row + column;
  sorted[start / 4u + rank * vectors_a_row + column] = vectors[source];
  if (column == 0u) { values[matrix * size + rank] = own; }
}
