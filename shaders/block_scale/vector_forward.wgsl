// Computes what forward_operands.wgsl declares, by one invocation a vector.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  let block = at / uniforms.vectors;
  if (block >= uniforms.rows * uniforms.blocks) { return; }
  var scale = 1.0;
  if (block < uniforms.weighted * uniforms.blocks) { scale = w[block]; }
  y[at] = scale * x[at];
}
