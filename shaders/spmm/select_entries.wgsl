// Computes what marked_entries.wgsl declares, by one invocation a chunk.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= uniforms.chunks) { return; }
  var chunk = chunks[n];
  var place = chunk.y;
  for (var e = chunk.y; e < chunk.z; e++) {
    let entry = entries[e];
    if (marks[entry.x] == state.step + 1u) {
      selected[place] = entry;
      place += 1u;
    }
  }
  chunk.z = place;
  shortened[n] = chunk;
}
