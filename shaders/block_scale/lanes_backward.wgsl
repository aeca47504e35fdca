// Computes what backward_operands.wgsl declares, by `lanes` invocations a block.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let block = thread_index(group, groups, local) / lanes;
  let lane = lane_of(local);
  let is_weighted = block < uniforms.weighted * uniforms.blocks;
  var scale = 1.0;
  if (is_weighted) { scale = w[block]; }
  let start = block * uniforms.vectors;
  let end = select(start, start + uniforms.vectors, block < uniforms.rows * uniforms.blocks);
  var sum = 0.0;
  for (var at = start + lane; at < end; at += lanes) {
    let upstream = dy[at];
    sum += dot(x[at], upstream);
    var value = scale * upstream;
    if (accumulate_x) { value += dx[at]; }
    dx[at] = value;
  }
  var inner = combine_lanes(local, sum);
  if (!is_weighted || lane > 0u) { return; }
  if (accumulate_w) { inner += dw[block]; }
  dw[block] = inner;
}
