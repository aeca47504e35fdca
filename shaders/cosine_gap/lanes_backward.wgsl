// Computes what partners.wgsl declares, by `lanes` invocations a block and row, which also go where a block has no more
// partners.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = thread_index(group, groups, local) / lanes;
  let lane = lane_of(local);
  let block = min(place / uniforms.rows, blocks - 1u);
  let row = min(place - block * uniforms.rows, uniforms.rows - 1u);
  let is_graded = place < blocks * uniforms.rows && dy[row] != 0.0;
  let start = row * uniforms.stride;
  let one = start + starts[block];
  for (var n = uniforms.first; n < uniforms.end; n++) {
    let partner = partners[block * most_partners + n];
    let end = select(0u, uniforms.vectors, is_graded && partner != 0xffffffffu);
    let other = start + partner;
    // All have read what the partner before has left.
    workgroupBarrier();
    let of_pair = combine_lanes(local, share_of_products(one, other, lane, end));
    let norms = sqrt(of_pair.y) * sqrt(of_pair.z);
    let cosine = of_pair.x / max(norms, 1e-8);
    let slope = 2.0 * uniforms.factor * (cosine - 1.0) * dy[row];
    let across = slope / max(norms, 1e-8);
    // Below the least product of norms the cosine is linear in a.
    let along = select(0.0, slope * cosine / of_pair.y, norms > 1e-8);
    for (var c = lane; c < end; c += lanes) {
      dx[one + c] += across * x[other + c] - along * x[one + c];
    }
  }
}
