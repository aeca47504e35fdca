// Computes what combine_operands.wgsl declares, for many parts: a workgroup of 256 takes 32 numbers, of which 8 invocations
// each sum every 8th part in order, and a tree in workgroup memory those sums. Neighbours read neighbours.

const width = 32u; // numbers of a workgroup
const lanes = 8u; // invocations a number

var<workgroup> sums: array<f32, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = (group.y * groups.x + group.x) * width + local % width;
  var sum = 0.0;
  if (at < uniforms.count) {
    for (var split = local / width; split < uniforms.splits; split += lanes) {
      sum += parts[split * uniforms.count + at];
    }
  }
  sums[local] = sum;
  workgroupBarrier();
  for (var stride = 128u; stride >= width; stride /= 2u) {
    if (local < stride) { sums[local] += sums[local + stride]; }
    workgroupBarrier();
  }
  if (local >= width || at >= uniforms.count) { return; }
  sum = sums[local];
  if (has_bias) { sum += bias[at % uniforms.columns]; }
  sum = activated(vec4<f32>(sum)).x;
  if (accumulate) { sum += c[at]; }
  c[at] = sum;
}
