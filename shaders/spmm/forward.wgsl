// A sparse product whose invocations work by themselves; operands.wgsl says of what.
//
// An invocation sums `per_thread` neighbouring vectors of four columns of one chunk. On lavapipe four of
// them, with all chunks of one lane after another (`lane_major`), are the best of those, a quarter faster
// than chunk after chunk (bench/RESULTS.md); a GPU, whose lanes read neighbouring vectors of the same row
// together, wants one vector, chunk after chunk.

override per_thread: u32 = 4u; // 1, 2 or 4
override lane_major: bool = false;
override four_at_once: bool = false; // entries whose rows of X are on their way together: one vector alone
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = spread_thread_index(group, groups, local, shares);
  let chunk_count = chunks_that_count();
  if (thread >= chunk_count * uniforms.lanes) { return; }
  let n = select(thread / uniforms.lanes, thread % chunk_count, lane_major);
  let lane = select(thread % uniforms.lanes, thread / chunk_count, lane_major);
  let chunk = chunks[n];
  let vectors = uniforms.vectors;
  let vector = lane * per_thread;
  // Vectors beyond the last one sum it again, and are not stored.
  let v0 = min(vector, vectors - 1u);
  let v1 = min(vector + 1u, vectors - 1u);
  let v2 = min(vector + 2u, vectors - 1u);
  let v3 = min(vector + 3u, vectors - 1u);
  var s0 = vec4<f32>(0.0);
  var s1 = vec4<f32>(0.0);
  var s2 = vec4<f32>(0.0);
  var s3 = vec4<f32>(0.0);
  if (four_at_once) {
    // A GPU waits for each row that it reads before it goes on to the next turn.
    for (var e = chunk.y; e < chunk.z; e += 4u) {
      let last = chunk.z - 1u;
      let e0 = entries[e];
      let e1 = entries[min(e + 1u, last)];
      let e2 = entries[min(e + 2u, last)];
      let e3 = entries[min(e + 3u, last)];
      let x0 = x_at(e0.x * vectors + v0);
      let x1 = x_at(e1.x * vectors + v0);
      let x2 = x_at(e2.x * vectors + v0);
      let x3 = x_at(e3.x * vectors + v0);
      s0 += bitcast<f32>(e0.y) * x0;
      if (e + 1u <= last) { s0 += bitcast<f32>(e1.y) * x1; }
      if (e + 2u <= last) { s0 += bitcast<f32>(e2.y) * x2; }
      if (e + 3u <= last) { s0 += bitcast<f32>(e3.y) * x3; }
    }
    store(chunk, vector, s0);
    return;
  }
  for (var e = chunk.y; e < chunk.z; e++) {
    let entry = entries[e];
    let value = bitcast<f32>(entry.y);
    let row = entry.x * vectors;
    s0 += value * x_at(row + v0);
    if (per_thread > 1u) { s1 += value * x_at(row + v1); }
    if (per_thread > 2u) {
      s2 += value * x_at(row + v2);
      s3 += value * x_at(row + v3);
    }
  }
  store(chunk, vector, s0);
  if (per_thread > 1u) { store(chunk, vector + 1u, s1); }
  if (per_thread > 2u) {
    store(chunk, vector + 2u, s2);
    store(chunk, vector + 3u, s3);
  }
}
