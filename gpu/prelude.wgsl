// Stands before every kernel.

override workgroup_size: u32 = 64u;

// The index of an invocation. A dispatch has at most 65,535 groups in a dimension, so programs fold
// larger ones to two (webgpu.md, trap 3); groups of the last row that have no work return.
fn thread_index(group: vec3<u32>, groups: vec3<u32>, local: u32) -> u32 {
  return (group.y * groups.x + group.x) * workgroup_size + local;
}

// The same, with the work of neighbouring groups dealt out over equal shares of the dispatch:
// lavapipe gives each core one run of groups, so work that stands at the front of a dispatch would be
// one core's alone (bench/RESULTS.md).
fn spread_thread_index(group: vec3<u32>, groups: vec3<u32>, local: u32, shares: u32) -> u32 {
  let index = group.y * groups.x + group.x;
  let share = groups.x * groups.y / shares;
  if (index >= share * shares) { return index * workgroup_size + local; }
  return ((index % share) * shares + index / share) * workgroup_size + local;
}

// Where the texture that a buffer is read through has its vector of four numbers; gpu/texture.ts copies it there.
fn texel(n: u32) -> vec2<u32> {
  return vec2<u32>(n % 1024u, n / 1024u);
}

// Both test bits: a comparison of NaN with itself is true on some drivers (webgpu.md, trap 5).
fn is_finite(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
}

fn is_nan(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u;
}
