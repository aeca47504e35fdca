// Computes what backward_operands.wgsl declares, by one invocation a block.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let block = thread_index(group, groups, local);
  if (block >= uniforms.rows * uniforms.blocks) { return; }
  let is_weighted = block < uniforms.weighted * uniforms.blocks;
  var scale = 1.0;
  if (is_weighted) { scale = w[block]; }
  let start = block * uniforms.vectors;
  var inner = 0.0;
  for (var at = start; at < start + uniforms.vectors; at++) {
    let upstream = dy[at];
    inner += dot(x[at], upstream);
    var value = scale * upstream;
    if (accumulate_x) { value += dx[at]; }
    dx[at] = value;
  }
  if (is_weighted) {
    if (accumulate_w) { inner += dw[block]; }
    dw[block] = inner;
  }
}
