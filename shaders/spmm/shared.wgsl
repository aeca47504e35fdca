// A sparse product whose invocations share what they load; operands.wgsl says of what.
//
// A subgroup (`subgroup_lanes`, at least 8) takes two vectors of four columns an invocation of one chunk. Each
// invocation loads one of the chunk's next entries and hands it to the others, and all read neighbouring
// parts of the same row of X: on lavapipe nearly twice as fast as forward.wgsl on the power-law rows of
// interactions, whose invocations wait for the longest of their chunks (bench/RESULTS.md). No invocation
// leaves before its subgroup does.

override subgroup_lanes: u32 = 8u;
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = spread_thread_index(group, groups, local, shares);
  let lane = thread % subgroup_lanes;
  let subgroup = thread / subgroup_lanes;
  if (subgroup >= chunks_that_count() * uniforms.lanes) { return; }
  let chunk = chunks[subgroup / uniforms.lanes];
  let vectors = uniforms.vectors;
  let vector = ((subgroup % uniforms.lanes) * subgroup_lanes + lane) * 2u;
  // Vectors beyond the last one sum it again, and are not stored.
  let v0 = min(vector, vectors - 1u);
  let v1 = min(vector + 1u, vectors - 1u);
  var s0 = vec4<f32>(0.0);
  var s1 = vec4<f32>(0.0);
  var own = vec2<u32>(0u);
  for (var e = chunk.y; e < chunk.z; e++) {
    let turn = (e - chunk.y) % subgroup_lanes;
    if (turn == 0u) { own = entries[min(e + lane, chunk.z - 1u)]; }
    let value = bitcast<f32>(subgroupShuffle(own.y, turn));
    let row = subgroupShuffle(own.x, turn) * vectors;
    s0 += value * x_at(row + v0);
    s1 += value * x_at(row + v1);
  }
  store(chunk, vector, s0);
  store(chunk, vector + 1u, s1);
}
