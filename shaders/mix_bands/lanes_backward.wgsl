// Computes what operands.wgsl declares, by `lanes` invocations a row and band.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = thread_index(group, groups, local) / lanes;
  let lane = lane_of(local);
  let is_inside = place < uniforms.rows * uniforms.bands;
  let end = select(0u, uniforms.columns, is_inside);
  let own = place * uniforms.columns;
  let start = place / uniforms.bands * uniforms.columns;
  var weight = 0.0;
  if (is_inside) { weight = weights[place]; }
  var sum = Element();
  for (var c = lane; c < end; c += lanes) {
    let upstream = dy[start + c];
    sum += x[own + c] * upstream;
    var value = weight * upstream;
    if (accumulate_x) { value += dx[own + c]; }
    dx[own + c] = value;
  }
  var slope = combine_lanes(local, total(sum));
  if (!is_inside || lane > 0u) { return; }
  if (accumulate_weights) { slope += dweights[place]; }
  dweights[place] = slope;
}
