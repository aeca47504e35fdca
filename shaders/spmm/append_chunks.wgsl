// Stores the chunks that marked_chunks.wgsl declares, and adds to their number, which is 0 before.
//
// Each workgroup counts its own and takes so many places at once. Workgroups come in any order, and so do chunks:
// each has its own row or slot to write, so products do not depend on it.

@group(0) @binding(4) var<storage, read_write> selected_count: array<atomic<u32>>;

var<workgroup> count: atomic<u32>;
var<workgroup> first: u32;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  let chunk = chunks[min(n, uniforms.chunks - 1u)];
  let is_chosen = n < uniforms.chunks && marks[chunk.x] == state.step + 1u;
  var place = 0u;
  if (is_chosen) { place = atomicAdd(&count, 1u); }
  workgroupBarrier();
  if (local == 0u) { first = atomicAdd(&selected_count[0], atomicLoad(&count)); }
  let start = workgroupUniformLoad(&first);
  if (is_chosen) { selected[start + place] = chunk; }
}
