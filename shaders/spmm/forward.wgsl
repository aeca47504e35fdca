// Y = alpha·A·X + beta·base: sparse A (rows×columns, in chunks of its rows) times dense X
// (columns×d, d a multiple of 4). Stores (=), or adds (+=) where `accumulate` is 1.
//
// An invocation sums `per_thread` neighbouring vectors of four columns of one chunk. On lavapipe four
// of them (a cache line of X for each entry) with all chunks of one lane after another
// (`lane_major`) is the measured best, a quarter faster than chunk after chunk (bench/RESULTS.md); a
// GPU, whose lanes read neighbouring vectors of the same row together, wants one vector, chunk after
// chunk. A chunk that is its whole row writes Y; the others write partial sums, which
// spmm/split_rows.wgsl adds in order.
// The backward pass is the same product with Aᵀ: dX = alpha·Aᵀ·dY, dbase = beta·dY.

override per_thread: u32 = 4u; // 1 or 4
override lane_major: bool = false;
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out
override has_base: bool = false;
override has_chosen_count: bool = false; // the chunks that count are the first `chosen_count[0]`
override accumulate: bool = false;

struct Uniforms {
  chunks: u32,
  vectors: u32, // d/4
  lanes: u32, // invocations a chunk: vectors/per_thread, rounded up
  alpha: f32,
  beta: f32,
}

@group(0) @binding(0) var<storage, read> entries: array<vec2<u32>>; // column, value
@group(0) @binding(1) var<storage, read> chunks: array<vec4<u32>>; // row, start, end, slot
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> base: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> parts: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> chosen_count: array<u32>;
@group(0) @binding(7) var<uniform> uniforms: Uniforms;

const whole_row = 0xffffffffu;

fn store(chunk: vec4<u32>, vector: u32, sum: vec4<f32>) {
  if (vector >= uniforms.vectors) { return; }
  if (chunk.w != whole_row) {
    parts[chunk.w * uniforms.vectors + vector] = sum;
    return;
  }
  let at = chunk.x * uniforms.vectors + vector;
  var value = uniforms.alpha * sum;
  if (has_base) { value += uniforms.beta * base[at]; }
  if (accumulate) { value += y[at]; }
  y[at] = value;
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = spread_thread_index(group, groups, local, shares);
  var chunk_count = uniforms.chunks;
  if (has_chosen_count) { chunk_count = chosen_count[0]; }
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
  for (var e = chunk.y; e < chunk.z; e++) {
    let entry = entries[e];
    let value = bitcast<f32>(entry.y);
    let row = entry.x * vectors;
    s0 += value * x[row + v0];
    if (per_thread == 4u) {
      s1 += value * x[row + v1];
      s2 += value * x[row + v2];
      s3 += value * x[row + v3];
    }
  }
  store(chunk, vector, s0);
  if (per_thread == 4u) {
    store(chunk, vector + 1u, s1);
    store(chunk, vector + 2u, s2);
    store(chunk, vector + 3u, s3);
  }
}
