// One sweep of Jacobi's eigenvalue algorithm on each matrix G (in place), with parallel rotations: in
// each of its size−1 rounds a tournament pairs all indices, so the rotations of a round touch
// different rows and columns (Brent and Luk, SIAM J. Sci. Stat. Comput. 6(1), 1985). Row k of `vectors`
// becomes the eigenvector of G[k, k]; the first sweep begins with the identity. One workgroup a matrix.
// `rotations` counts those of the sweep; a sweep after one without any does nothing.
//
// An entry is left alone once it is below 2e-7 of the root of its diagonal entries' product: for a
// positive matrix that keeps small eigenvalues accurate relative to themselves (Demmel and Veselić, SIAM
// J. Matrix Anal. Appl. 13(4), 1992).

override first_sweep: bool = false;

@group(0) @binding(0) var<storage, read_write> g: array<f32>;
@group(0) @binding(1) var<storage, read_write> vectors: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> rotations: array<u32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const most_pairs = 512u; // of indices: half the largest size

var<workgroup> paired: array<vec2<u32>, most_pairs>;
var<workgroup> cosine: array<f32, most_pairs>;
var<workgroup> sine: array<f32, most_pairs>;
var<workgroup> rotated: atomic<u32>;
var<workgroup> is_done: u32;

// The indices of a pair in a round; the last index stays, the others go round.
fn pair_of(pair: u32, round: u32) -> vec2<u32> {
  let others = uniforms.size - 1u;
  if (pair == 0u) { return vec2<u32>(min(round, others), others); }
  let one = (round + pair) % others;
  let other = (round + others - pair) % others;
  return vec2<u32>(min(one, other), max(one, other));
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let size = uniforms.size;
  let start = group.x * uniforms.stride;
  let vectors_start = start / 4u;
  let pairs = size / 2u;
  let vectors_a_row = size / 4u;
  if (local == 0u) {
    is_done = select(select(0u, 1u, rotations[group.x] == 0u), 0u, first_sweep);
    atomicStore(&rotated, 0u);
  }
  if (workgroupUniformLoad(&is_done) == 1u) { return; }
  if (first_sweep) {
    for (var at = local; at < size * vectors_a_row; at += workgroup_size) {
      let row = at / vectors_a_row;
      let column = 4u * (at % vectors_a_row);
      vectors[vectors_start + at] = vec4<f32>(
        vec4<u32>(column, column + 1u, column + 2u, column + 3u) == vec4<u32>(row),
      );
    }
  }
  // Places of the two loops below, kept without divisions, which are dear on lavapipe.
  let first_block = vec2<u32>(local / pairs, local % pairs);
  let first_vector = vec2<u32>(local / vectors_a_row, local % vectors_a_row);
  for (var round = 0u; round + 1u < size; round++) {
    storageBarrier();
    workgroupBarrier();
    for (var pair = local; pair < pairs; pair += workgroup_size) {
      let own = pair_of(pair, round);
      let upper = g[start + own.x * size + own.x];
      let lower = g[start + own.y * size + own.y];
      let between = g[start + own.x * size + own.y];
      var c = 1.0;
      var s = 0.0;
      if (abs(between) > 2e-7 * sqrt(max(upper, 0.0)) * sqrt(max(lower, 0.0))) {
        let theta = (lower - upper) / (2.0 * between);
        let magnitude = 1.0 / (abs(theta) + sqrt(theta * theta + 1.0));
        let t = select(-magnitude, magnitude, theta >= 0.0);
        c = 1.0 / sqrt(t * t + 1.0);
        s = t * c;
        atomicAdd(&rotated, 1u);
      }
      paired[pair] = own;
      cosine[pair] = c;
      sine[pair] = s;
    }
    storageBarrier();
    workgroupBarrier();
    // G ← JᵀGJ, a 2×2 block of two pairs at a time.
    var block = first_block;
    while (block.x < pairs) {
      let p = paired[block.x] * size + start;
      let q = paired[block.y];
      let c = cosine[block.x];
      let s = sine[block.x];
      let d = cosine[block.y];
      let t = sine[block.y];
      let top = vec2<f32>(g[p.x + q.x], g[p.x + q.y]);
      let bottom = vec2<f32>(g[p.y + q.x], g[p.y + q.y]);
      if (block.x == block.y) {
        // Written so that the diagonal changes by what the rotation moves alone.
        let moved = (s / c) * top.y;
        if (s != 0.0) {
          g[p.x + q.x] = top.x - moved;
          g[p.y + q.y] = bottom.y + moved;
          g[p.x + q.y] = 0.0;
          g[p.y + q.x] = 0.0;
        }
      } else if (s != 0.0 || t != 0.0) {
        let above = c * top - s * bottom;
        let below = s * top + c * bottom;
        g[p.x + q.x] = d * above.x - t * above.y;
        g[p.x + q.y] = t * above.x + d * above.y;
        g[p.y + q.x] = d * below.x - t * below.y;
        g[p.y + q.y] = t * below.x + d * below.y;
      }
      block.y += workgroup_size;
      while (block.y >= pairs) { block = vec2<u32>(block.x + 1u, block.y - pairs); }
    }
    var at = first_vector;
    while (at.x < pairs) {
      let s = sine[at.x];
      if (s != 0.0) {
        let c = cosine[at.x];
        let places = paired[at.x] * vectors_a_row + vectors_start + at.y;
        let a = vectors[places.x];
        let b = vectors[places.y];
        vectors[places.x] = c * a - s * b;
        vectors[places.y] = s * a + c * b;
      }
      at.y += workgroup_size;
      while (at.y >= vectors_a_row) { at = vec2<u32>(at.x + 1u, at.y - vectors_a_row); }
    }
  }
  workgroupBarrier();
  if (local == 0u) { rotations[group.x] = atomicLoad(&rotated); }
}
