// Computes what operands.wgsl declares, by one invocation a row.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.columns;
  var sum = Element();
  for (var at = start; at < start + uniforms.columns; at++) { sum += a[at] * b[at]; }
  y[row] = total(sum);
}
