// Computes what partial_operands.wgsl declares, by a workgroup of 256 a part, whose invocations read neighbours, as memory
// is wide where it is far: each sums every 256th number in order, and a tree in workgroup memory the sums, so the same
// numbers give the same bits.

var<workgroup> sums: array<f32, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  if (group.x >= uniforms.parts) { return; }
  let end = min(uniforms.count, (group.x + 1u) * uniforms.part);
  var sum = 0.0;
  for (var at = group.x * uniforms.part + local; at < end; at += 256u) {
    let value = x[at];
    sum += select(value, value * value, square);
  }
  sums[local] = sum;
  workgroupBarrier();
  for (var stride = 128u; stride > 0u; stride /= 2u) {
    if (local < stride) { sums[local] += sums[local + stride]; }
    workgroupBarrier();
  }
  if (local == 0u) { parts[group.x] = sums[0]; }
}
