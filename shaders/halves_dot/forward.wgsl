// y[r] = Σ_c x[r, c]·x[r, half + c]. Stores. One invocation a row.

struct Uniforms {
  rows: u32,
  half_columns: u32, // Elements of half a row
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = 2u * row * uniforms.half_columns;
  var sum = Element();
  for (var c = 0u; c < uniforms.half_columns; c++) {
    sum += x[start + c] * x[start + uniforms.half_columns + c];
  }
  y[row] = total(sum);
}
