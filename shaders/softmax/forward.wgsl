// y[r] = softmax of the row x[r]: exp(x − max)/Σ. Stores. One invocation a row.

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

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
  if (row >= counting(uniforms.rows, 1u)) { return; }
  var greatest = x[start];
  for (var at = start + 1u; at < end; at++) { greatest = max(greatest, x[at]); }
  let shift = largest(greatest);
  var sum = Element();
  for (var at = start; at < end; at++) { sum += exp(x[at] - shift); }
  let scale = 1.0 / total(sum);
  for (var at = start; at < end; at++) { y[at] = scale * exp(x[at] - shift); }
}
