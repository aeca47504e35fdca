// Computes what combine_operands.wgsl declares, by one invocation a number, which sums the parts in their order.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  var sum = 0.0;
  for (var split = 0u; split < uniforms.splits; split++) {
    sum += parts[split * uniforms.count + at];
  }
  if (has_bias) { sum += bias[at % uniforms.columns]; }
  sum = activated(vec4<f32>(sum)).x;
  if (accumulate) { sum += c[at]; }
  c[at] = sum;
}
