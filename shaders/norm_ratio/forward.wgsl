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
  var of_p = Element();
  var of_q = Element();
  for (var at = start; at < start + uniforms.columns; at++) {
    of_p += p[at] * p[at];
    of_q += q[at] * q[at];
  }
  let both = vec2<f32>(sqrt(total(of_p)), sqrt(total(of_q)));
  norms[row] = both;
  y[row] = (uniforms.factor * both.x + 1e-6) / (both.y + 1e-6);
}
