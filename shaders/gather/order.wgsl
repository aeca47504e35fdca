// order[rank of b] = b, where b's are ranked by rows[b], then by b; `none` comes last. Stores.
//
// A counting rank: each invocation compares its row with all others. For a batch (a few thousand
// rows) that is cheaper than a sort with its barriers, and all invocations read the same address.

struct Uniforms {
  count: u32,
}

@group(0) @binding(0) var<storage, read> rows: array<u32>;
@group(0) @binding(1) var<storage, read_write> order: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let b = thread_index(group, groups, local);
  if (b >= uniforms.count) { return; }
  let row = rows[b];
  var rank = 0u;
  for (var other = 0u; other < uniforms.count; other++) {
    let other_row = rows[other];
    rank += select(0u, 1u, other_row < row || (other_row == row && other < b));
  }
  order[rank] = b;
}
