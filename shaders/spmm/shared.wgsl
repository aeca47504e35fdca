// A sparse product whose invocations share what they load; operands.wgsl says of what.
//
// A subgroup (`subgroup_lanes`, at least 8) takes `per_lane` vectors of four columns an invocation of one chunk:
// the more, the fewer subgroups go through the same entries (bench/RESULTS.md). Each invocation loads one of the chunk's next entries and hands it to the others, and all read neighbouring
// parts of the same row of X: on lavapipe nearly twice as fast as forward.wgsl on the power-law rows of
// interactions, whose invocations wait for the longest of their chunks (bench/RESULTS.md). No invocation
// leaves before its subgroup does.

override subgroup_lanes: u32 = 8u;
override per_lane: u32 = 2u; // 2, 4 or 6
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
  let vector = ((subgroup % uniforms.lanes) * subgroup_lanes + lane) * per_lane;
  // Vectors beyond the last one sum it again, and are not stored.
  let v0 = min(vector, vectors - 1u);
  let v1 = min(vector + 1u, vectors - 1u);
  let v2 = min(vector + 2u, vectors - 1u);
  let v3 = min(vector + 3u, vectors - 1u);
  let v4 = min(vector + 4u, vectors - 1u);
  let v5 = min(vector + 5u, vectors - 1u);
  var s0 = vec4<f32>(0.0);
  var s1 = vec4<f32>(0.0);
  var s2 = vec4<f32>(0.0);
  var s3 = vec4<f32>(0.0);
  var s4 = vec4<f32>(0.0);
  var s5 = vec4<f32>(0.0);
  var own = vec2<u32>(0u);
  for (var e = chunk.y; e < chunk.z; e++) {
    let turn = (e - chunk.y) % subgroup_lanes;
    if (turn == 0u) { own = entries[min(e + lane, chunk.z - 1u)]; }
    let value = bitcast<f32>(subgroupShuffle(own.y, turn));
    let row = subgroupShuffle(own.x, turn) * vectors;
    s0 += value * x_at(row + v0);
    s1 += value * x_at(row + v1);
    if (per_lane > 2u) {
      s2 += value * x_at(row + v2);
      s3 += value * x_at(row + v3);
    }
    if (per_lane > 4u) {
      s4 += value * x_at(row + v4);
      s5 += value * x_at(row + v5);
    }
  }
  store(chunk, vector, s0);
  store(chunk, vector + 1u, s1);
  if (per_lane > 2u) {
    store(chunk, vector + 2u, s2);
    store(chunk, vector + 3u, s3);
  }
  if (per_lane > 4u) {
    store(chunk, vector + 4u, s4);
    store(chunk, vector + 5u, s5);
  }
}
