// order[rank of b] = b, where b's are ranked by rows[b], then by b; `none` comes last. Stores.
//
// A counting rank: each invocation compares its row with all others, four at a time. For a batch (a few thousand
// rows) that is cheaper than a sort with its barriers, and all invocations read the same address.

struct Uniforms {
  count: u32,
}

@group(0) @binding(0) var<storage, read> rows: array<vec4<u32>>;
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
  let row = vec4<u32>(rows[b / 4u][b % 4u]);
  let one = vec4<u32>(1u);
  var ranks = vec4<u32>(0u);
  // Four at a time. Before b's own vector equal rows count, after it they do not.
  let whole = uniforms.count / 4u;
  for (var at = 0u; at < whole; at++) {
    let others = rows[at];
    let before = at < b / 4u;
    ranks += select(vec4<u32>(0u), one, (others < row) | ((others == row) & vec4<bool>(before)));
  }
  var rank = ranks.x + ranks.y + ranks.z + ranks.w;
  // What the vectors left out: equal rows in b's own vector, and the rest of the list.
  for (var other = b / 4u * 4u; other < min(b, whole * 4u); other++) {
    if (rows[other / 4u][other % 4u] == row.x) { rank += 1u; }
  }
  for (var other = whole * 4u; other < uniforms.count; other++) {
    let other_row = rows[other / 4u][other % 4u];
    if (other_row < row.x || (other_row == row.x && other < b)) { rank += 1u; }
  }
  order[rank] = b;
}
