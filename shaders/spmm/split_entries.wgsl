// Computes what marked_entries.wgsl declares, by eight invocations a chunk: each counts those of its part, and stores them
// behind those of the parts before.

const lanes = 8u;

var<workgroup> counts: array<u32, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = (group.y * groups.x + group.x) * (256u / lanes) + local / lanes;
  let lane = local % lanes;
  var chunk = chunks[min(n, uniforms.chunks - 1u)];
  let part = (chunk.z - chunk.y + lanes - 1u) / lanes;
  let start = min(chunk.y + lane * part, chunk.z);
  let end = min(start + part, chunk.z);
  let mark = state.step + 1u;
  var count = 0u;
  for (var e = start; e < end; e++) { count += select(0u, 1u, marks[entries[e].x] == mark); }
  counts[local] = count;
  workgroupBarrier();
  if (n >= uniforms.chunks) { return; }
  var place = chunk.y;
  for (var before = local - lane; before < local; before++) { place += counts[before]; }
  for (var e = start; e < end; e++) {
    let entry = entries[e];
    if (marks[entry.x] == mark) {
      selected[place] = entry;
      place += 1u;
    }
  }
  if (lane < lanes - 1u) { return; }
  chunk.z = place;
  shortened[n] = chunk;
}
