// Computes what forward_operands.wgsl declares, by one invocation a block.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let block = thread_index(group, groups, local);
  if (block >= uniforms.rows * uniforms.blocks) { return; }
  var scale = 1.0;
  if (block < uniforms.weighted * uniforms.blocks) { scale = w[block]; }
  let start = block * uniforms.vectors;
  for (var at = start; at < start + uniforms.vectors; at++) { y[at] = scale * x[at]; }
}
