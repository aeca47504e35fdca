// Computes what sorted_runs.wgsl declares, by eight invocations a place, each of which searches every eighth run: a GPU
// waits for each row that a search looks at.

const lanes = 8u;

var<workgroup> found: array<u32, 256>;

// How many of the run that begins at `start` come before the place `at`.
fn before(start: u32, at: u32) -> u32 {
  let own_start = at / run * run;
  if (start == own_start) { return at - own_start; }
  let own = runs[at].x;
  var low = start;
  var high = min(start + run, uniforms.count);
  while (low < high) {
    let middle = (low + high) / 2u;
    let row = runs[middle].x;
    if (row < own || (row == own && start < own_start)) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low - start;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = (group.y * groups.x + group.x) * (256u / lanes) + local / lanes;
  let lane = local % lanes;
  var rank = 0u;
  if (at < uniforms.count) {
    for (var start = lane * run; start < uniforms.count; start += lanes * run) {
      rank += before(start, at);
    }
  }
  found[local] = rank;
  workgroupBarrier();
  if (lane > 0u || at >= uniforms.count) { return; }
  for (var other = 1u; other < lanes; other++) { rank += found[local + other]; }
  order[rank] = runs[at].y;
}
