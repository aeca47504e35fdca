// scores[p, i] = the least f32 for the items i that the user at place p of a block may not get. Stores there only.

struct Uniforms {
  stride: u32, // numbers from one row of the scores to the next
}

@group(0) @binding(0) var<storage, read> masked: PairList;
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= masked.count) { return; }
  let pair = masked.pairs[n];
  scores[pair.x * uniforms.stride + pair.y] = -0x1.fffffep+127f;
}
