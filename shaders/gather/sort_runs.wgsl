// runs[start of b's run + rank of b in it] = (rows[b], b), where a run is `run` places and b's are ranked by
// rows[b], then by b; `none` comes last. Stores. merge_runs.wgsl puts the runs together.
//
// A counting rank: each invocation compares four rows with all others of their run. For so few that is
// cheaper than a sort with its barriers, and neighbouring invocations read the same address.

struct Uniforms {
  count: u32,
}

override run: u32 = 256u;

@group(0) @binding(0) var<storage, read> rows: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> runs: array<vec2<u32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

// Four rows; places beyond the end of the list count as `none`, and come after all that are in it.
fn rows_at(vector: u32) -> vec4<u32> {
  let places = vec4<u32>(0u, 1u, 2u, 3u) + 4u * vector;
  return select(vec4<u32>(none), rows[vector], places < vec4<u32>(uniforms.count));
}

// 1 where a row comes before the own ones: it is smaller, or equal and `earlier` in the list.
fn comes_before(other: u32, own: vec4<u32>, earlier: vec4<bool>) -> vec4<u32> {
  let others = vec4<u32>(other);
  return select(vec4<u32>(0u), vec4<u32>(1u), (others < own) | ((others == own) & earlier));
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let vectors = (uniforms.count + 3u) / 4u;
  let vector = thread_index(group, groups, local);
  if (vector >= vectors) { return; }
  let start = vector / (run / 4u) * (run / 4u);
  let own = rows_at(vector);
  var ranks = vec4<u32>(0u);
  for (var at = start; at < min(vectors, start + run / 4u); at++) {
    let others = rows_at(at);
    // Within the own vector the first of two equal rows is earlier than the second alone.
    let earlier = vec4<bool>(at < vector);
    let same = vec4<bool>(at == vector);
    ranks += comes_before(others.x, own, earlier | (vec4<bool>(false, true, true, true) & same));
    ranks += comes_before(others.y, own, earlier | (vec4<bool>(false, false, true, true) & same));
    ranks += comes_before(others.z, own, earlier | (vec4<bool>(false, false, false, true) & same));
    ranks += comes_before(others.w, own, earlier);
  }
  for (var n = 0u; n < 4u; n++) {
    let b = 4u * vector + n;
    if (b < uniforms.count) { runs[4u * start + ranks[n]] = vec2<u32>(own[n], b); }
  }
}
