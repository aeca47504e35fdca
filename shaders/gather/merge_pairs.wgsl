// merged[start of the pair + rank of an entry in it] = that entry of runs: two sorted runs of `run` places beside each
// other become one of twice as many. Stores. The rank is the place in the own run, and what comes before it in the
// other one, by binary search; of equal rows those of the first run come first, so the sort is stable.

struct Uniforms {
  count: u32,
  run: u32, // a power of two
}

@group(0) @binding(0) var<storage, read> runs: array<vec2<u32>>; // row, place
@group(0) @binding(1) var<storage, read_write> merged: array<vec2<u32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  let run = uniforms.run;
  let own = runs[at];
  let own_start = at & ~(run - 1u);
  let other_start = own_start ^ run;
  let own_is_first = own_start < other_start;
  let start = min(other_start, uniforms.count);
  var low = start;
  var high = min(other_start + run, uniforms.count);
  while (low < high) {
    let middle = (low + high) / 2u;
    let row = runs[middle].x;
    if (row < own.x || (row == own.x && !own_is_first)) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  merged[min(own_start, other_start) + (at - own_start) + (low - start)] = own;
}
