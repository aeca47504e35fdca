// scores[u, i] = the least f32 for the items i that user first_user+u may not get. Stores there only. An
// entry whose item is beyond the row is there to fill a list, and masks nothing.

struct Uniforms {
  entries: u32, // entries of the users of the tile
  first_entry: u32,
  first_user: u32,
  stride: u32, // numbers from one row of the scores to the next
}

@group(0) @binding(0) var<storage, read> entries: array<vec2<u32>>; // user, item; by user
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= uniforms.entries) { return; }
  let entry = entries[uniforms.first_entry + n];
  if (entry.y >= uniforms.stride) { return; }
  scores[(entry.x - uniforms.first_user) * uniforms.stride + entry.y] = -0x1.fffffep+127f;
}
