// Computes what partial_operands.wgsl declares, by one invocation a part.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  if (thread >= uniforms.parts) { return; }
  let end = min(uniforms.count, (thread + 1u) * uniforms.part);
  var sum = 0.0;
  for (var at = thread * uniforms.part; at < end; at++) {
    let value = x[at];
    sum += select(value, value * value, square);
  }
  parts[thread] = sum;
}
