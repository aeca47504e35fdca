// order[rank of b] = b, from runs that are sorted by row and then by place (sort_runs.wgsl). Stores.
//
// An invocation takes one place of one run: its rank is the one it has there, and what comes before it in
// each other run, by binary search. Of equal rows those of earlier runs come first, so the sort is stable.

struct Uniforms {
  count: u32,
}

override run: u32 = 256u;

@group(0) @binding(0) var<storage, read> runs: array<vec2<u32>>; // row, place
@group(0) @binding(1) var<storage, read_write> order: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

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
