// Computes what partners.wgsl declares, by one invocation a block and row.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let block = thread / uniforms.rows;
  let row = thread % uniforms.rows;
  if (block >= blocks || dy[row] == 0.0) { return; }
  let start = row * uniforms.stride;
  let one = start + starts[block];
  for (var n = uniforms.first; n < uniforms.end; n++) {
    let partner = partners[block * most_partners + n];
    if (partner == 0xffffffffu) { return; }
    let other = start + partner;
    let of_pair = products(one, other);
    let norms = sqrt(of_pair.y) * sqrt(of_pair.z);
    let cosine = of_pair.x / max(norms, 1e-8);
    let slope = 2.0 * uniforms.factor * (cosine - 1.0) * dy[row];
    let across = slope / max(norms, 1e-8);
    // Below the least product of norms the cosine is linear in a.
    let along = select(0.0, slope * cosine / of_pair.y, norms > 1e-8);
    for (var c = 0u; c < uniforms.vectors; c++) {
      dx[one + c] += across * x[other + c] - along * x[one + c];
    }
  }
}
