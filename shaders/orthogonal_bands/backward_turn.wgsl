// U_b = Vᵀ·S_b with S_b = (A_b + A_bᵀ)/2, the rows of Vᵀ being the eigenvectors: the first step of the
// gradient of the Gram matrix. Stores. One invocation four columns of a row.

@group(0) @binding(0) var<storage, read> vectors: array<f32>;
@group(0) @binding(1) var<storage, read> a: array<f32>; // matrices×bands
@group(0) @binding(2) var<storage, read_write> turned: array<vec4<f32>>; // matrices×bands
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
  let place = thread / (size * columns);
  if (place >= uniforms.matrices * uniforms.bands) { return; }
  let row = (thread / columns) % size;
  let column = 4u * (thread % columns);
  let vector = (place / uniforms.bands) * uniforms.stride + row * size;
  let start = place * uniforms.stride;
  var sum = vec4<f32>(0.0);
  for (var j = 0u; j < size; j++) {
    let across = start + j * size + column;
    let down = start + column * size + j;
    sum += vectors[vector + j] * vec4<f32>(
      a[across] + a[down],
      a[across + 1u] + a[down + size],
      a[across + 2u] + a[down + 2u * size],
      a[across + 3u] + a[down + 3u * size],
    );
  }
  turned[(start + row * size + column) / 4u] = 0.5 * sum;
}
