// Computes what sorted_runs.wgsl declares, by one invocation a place.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  let own = runs[at];
  let own_start = at / run * run;
  var rank = at - own_start;
  for (var start = 0u; start < uniforms.count; start += run) {
    if (start == own_start) { continue; }
    var low = start;
    var high = min(start + run, uniforms.count);
    while (low < high) {
      let middle = (low + high) / 2u;
      let row = runs[middle].x;
      if (row < own.x || (row == own.x && start < own_start)) {
        low = middle + 1u;
      } else {
        high = middle;
      }
    }
    rank += low - start;
  }
  order[rank] = own.y;
}
