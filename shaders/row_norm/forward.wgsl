// y[r] = x[r]/max(‖x[r]‖, 1e-12), as PyTorch's normalize. Stores; length[r] = ‖x[r]‖ for the backward
// pass. One invocation a row.

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;
@group(0) @binding(2) var<storage, read_write> length: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.columns;
  let end = start + uniforms.columns;
  var sum = Element();
  for (var at = start; at < end; at++) { sum += x[at] * x[at]; }
  let norm = sqrt(total(sum));
  let scale = 1.0 / max(norm, 1e-12);
  for (var at = start; at < end; at++) { y[at] = scale * x[at]; }
  length[row] = norm;
}
