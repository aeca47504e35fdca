// C = alpha·op(A)·op(B) (+ bias) with op(A) m×k, op(B) k×n and C m×n.
//
// One invocation computes 8 rows × 8 columns of C in registers, or 8×16 where `wide` is 1: 16 loads of
// four numbers serve 256 multiply-adds, or 24 serve 512, and no workgroup memory is touched. Wide is a
// fifth faster on lavapipe, where loads are dear; a GPU has too few registers for it. Written out, because
// drivers keep arrays that loops index in memory: four times slower on lavapipe. All rows are read
// as vec4, so the row lengths of A, B and C are multiples of 4; plain.wgsl takes other shapes.
// The k-range is cut in `splits` parts of `part` each; part s is written to C + s·m·n, and
// combine.wgsl adds them in order. Stores (=), or adds (+=) where `accumulate` is 1.
//
// Each matrix may be a block of columns of a wider one: rows lie `stride` numbers apart, and the block
// begins at `column`. Where `has_limit` is 1, a dimension that only the step knows ends at
// limit[0]·factor − first: what lies beyond is not computed, and C keeps what it has there; where `clear`
// is 1, rows beyond count as sums of nothing.

override transpose_a: bool = false;
override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;
override wide: bool = false;
override has_limit: bool = false;
override clear: bool = false;
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out

struct Uniforms {
  m: u32,
  n: u32,
  k: u32,
  part: u32,
  splits: u32,
  a_row: u32, // the first row of A that takes part
  b_row: u32,
  b_last: u32, // the last stored row of B that a transposed B may read; C repeats it beyond
  alpha: f32,
  a_stride: u32,
  a_column: u32,
  b_stride: u32,
  b_column: u32,
  c_stride: u32,
  c_row: u32,
  c_column: u32,
  factor: i32,
  m_first: i32, // what the limit leaves of m is limit·factor − m_first, and so on
  n_first: i32,
  k_first: i32,
}

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> c: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> limit: array<u32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

// A dimension, or what the limit leaves of it.
fn limited(size: u32, first: i32) -> u32 {
  if (!has_limit) { return size; }
  return u32(clamp(i32(limit[0]) * uniforms.factor - first, 0, i32(size)));
}

// Four rows of op(A) at k..k+3, from A stored as k×m.
fn a_transposed(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  let start = (uniforms.a_row + k) * uniforms.a_stride + uniforms.a_column;
  let at = start / 4u + min(vector, uniforms.m / 4u - 1u);
  let stride = uniforms.a_stride / 4u;
  let last = k_end - 1u - k;
  let zero = vec4<f32>(0.0);
  // Beyond the end of the range op(A) counts as zero, so what op(B) has there does not matter.
  return transpose(mat4x4<f32>(
    a[at],
    select(zero, a[at + min(1u, last) * stride], k + 1u < k_end),
    select(zero, a[at + min(2u, last) * stride], k + 2u < k_end),
    select(zero, a[at + min(3u, last) * stride], k + 3u < k_end),
  ));
}

fn a_row(k: u32, row: u32) -> vec4<f32> {
  let stored = uniforms.a_row + min(row, uniforms.m - 1u);
  return a[(stored * uniforms.a_stride + uniforms.a_column + k) / 4u];
}

// Rows k..k+3 of four columns of op(B), from B stored as n×k.
fn b_transposed(k: u32, vector: u32) -> mat4x4<f32> {
  let row = uniforms.b_row + vector * 4u;
  let at = uniforms.b_column + k;
  return transpose(mat4x4<f32>(
    b[(min(row, uniforms.b_last) * uniforms.b_stride + at) / 4u],
    b[(min(row + 1u, uniforms.b_last) * uniforms.b_stride + at) / 4u],
    b[(min(row + 2u, uniforms.b_last) * uniforms.b_stride + at) / 4u],
    b[(min(row + 3u, uniforms.b_last) * uniforms.b_stride + at) / 4u],
  ));
}

fn b_rows(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  let start = (uniforms.b_row + k) * uniforms.b_stride + uniforms.b_column;
  let at = start / 4u + min(vector, uniforms.n / 4u - 1u);
  let stride = uniforms.b_stride / 4u;
  let last = k_end - 1u - k;
  return mat4x4<f32>(
    b[at],
    b[at + min(1u, last) * stride],
    b[at + min(2u, last) * stride],
    b[at + min(3u, last) * stride],
  );
}

fn b_part(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  if (transpose_b) { return b_transposed(k, vector); }
  return b_rows(k, k_end, vector);
}

fn store(row: u32, vector: u32, split: u32, sum: vec4<f32>) {
  if (row >= uniforms.m || vector >= uniforms.n / 4u) { return; }
  let stored = uniforms.c_row + split * uniforms.m + row;
  let at = (stored * uniforms.c_stride + uniforms.c_column) / 4u + vector;
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[vector]; }
  if (accumulate) { value += c[at]; }
  c[at] = value;
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let tile_vectors = select(2u, 4u, wide);
  let column_tiles = (uniforms.n / 4u + tile_vectors - 1u) / tile_vectors;
  let row_tiles = (uniforms.m + 7u) / 8u;
  let thread = spread_thread_index(group, groups, local, shares);
  let tile = thread % (column_tiles * row_tiles);
  let split = thread / (column_tiles * row_tiles);
  if (split >= uniforms.splits) { return; }
  let row = (tile / column_tiles) * 8u;
  let vector = (tile % column_tiles) * tile_vectors;
  let is_beyond = row >= limited(uniforms.m, uniforms.m_first);
  if (is_beyond && !clear) { return; }
  if (vector * 4u >= limited(uniforms.n, uniforms.n_first)) { return; }
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, is_beyond);
  let k_end = min(k_limit, (split + 1u) * uniforms.part);

  var s0a = vec4<f32>(0.0);
  var s0b = vec4<f32>(0.0);
  var s0c = vec4<f32>(0.0);
  var s0d = vec4<f32>(0.0);
  var s1a = vec4<f32>(0.0);
  var s1b = vec4<f32>(0.0);
  var s1c = vec4<f32>(0.0);
  var s1d = vec4<f32>(0.0);
  var s2a = vec4<f32>(0.0);
  var s2b = vec4<f32>(0.0);
  var s2c = vec4<f32>(0.0);
  var s2d = vec4<f32>(0.0);
  var s3a = vec4<f32>(0.0);
  var s3b = vec4<f32>(0.0);
  var s3c = vec4<f32>(0.0);
  var s3d = vec4<f32>(0.0);
  var s4a = vec4<f32>(0.0);
  var s4b = vec4<f32>(0.0);
  var s4c = vec4<f32>(0.0);
  var s4d = vec4<f32>(0.0);
  var s5a = vec4<f32>(0.0);
  var s5b = vec4<f32>(0.0);
  var s5c = vec4<f32>(0.0);
  var s5d = vec4<f32>(0.0);
  var s6a = vec4<f32>(0.0);
  var s6b = vec4<f32>(0.0);
  var s6c = vec4<f32>(0.0);
  var s6d = vec4<f32>(0.0);
  var s7a = vec4<f32>(0.0);
  var s7b = vec4<f32>(0.0);
  var s7c = vec4<f32>(0.0);
  var s7d = vec4<f32>(0.0);

  for (var k = split * uniforms.part; k < k_end; k += 4u) {
    let b0 = b_part(k, k_end, vector);
    let b1 = b_part(k, k_end, vector + 1u);
    var upper: mat4x4<f32>; // four rows of op(A) at k..k+3
    var lower: mat4x4<f32>;
    if (transpose_a) {
      upper = a_transposed(k, k_end, row / 4u);
      lower = a_transposed(k, k_end, row / 4u + 1u);
    } else {
      upper = mat4x4<f32>(a_row(k, row), a_row(k, row + 1u), a_row(k, row + 2u), a_row(k, row + 3u));
      lower = mat4x4<f32>(
        a_row(k, row + 4u),
        a_row(k, row + 5u),
        a_row(k, row + 6u),
        a_row(k, row + 7u),
      );
    }
    s0a += b0 * upper[0];
    s0b += b1 * upper[0];
    s1a += b0 * upper[1];
    s1b += b1 * upper[1];
    s2a += b0 * upper[2];
    s2b += b1 * upper[2];
    s3a += b0 * upper[3];
    s3b += b1 * upper[3];
    s4a += b0 * lower[0];
    s4b += b1 * lower[0];
    s5a += b0 * lower[1];
    s5b += b1 * lower[1];
    s6a += b0 * lower[2];
    s6b += b1 * lower[2];
    s7a += b0 * lower[3];
    s7b += b1 * lower[3];
    if (wide) {
      let b2 = b_part(k, k_end, vector + 2u);
      let b3 = b_part(k, k_end, vector + 3u);
      s0c += b2 * upper[0];
      s0d += b3 * upper[0];
      s1c += b2 * upper[1];
      s1d += b3 * upper[1];
      s2c += b2 * upper[2];
      s2d += b3 * upper[2];
      s3c += b2 * upper[3];
      s3d += b3 * upper[3];
      s4c += b2 * lower[0];
      s4d += b3 * lower[0];
      s5c += b2 * lower[1];
      s5d += b3 * lower[1];
      s6c += b2 * lower[2];
      s6d += b3 * lower[2];
      s7c += b2 * lower[3];
      s7d += b3 * lower[3];
    }
  }

  store(row + 0u, vector, split, s0a);
  store(row + 0u, vector + 1u, split, s0b);
  store(row + 1u, vector, split, s1a);
  store(row + 1u, vector + 1u, split, s1b);
  store(row + 2u, vector, split, s2a);
  store(row + 2u, vector + 1u, split, s2b);
  store(row + 3u, vector, split, s3a);
  store(row + 3u, vector + 1u, split, s3b);
  store(row + 4u, vector, split, s4a);
  store(row + 4u, vector + 1u, split, s4b);
  store(row + 5u, vector, split, s5a);
  store(row + 5u, vector + 1u, split, s5b);
  store(row + 6u, vector, split, s6a);
  store(row + 6u, vector + 1u, split, s6b);
  store(row + 7u, vector, split, s7a);
  store(row + 7u, vector + 1u, split, s7b);
  if (wide) {
    store(row + 0u, vector + 2u, split, s0c);
    store(row + 0u, vector + 3u, split, s0d);
    store(row + 1u, vector + 2u, split, s1c);
    store(row + 1u, vector + 3u, split, s1d);
    store(row + 2u, vector + 2u, split, s2c);
    store(row + 2u, vector + 3u, split, s2d);
    store(row + 3u, vector + 2u, split, s3c);
    store(row + 3u, vector + 3u, split, s3d);
    store(row + 4u, vector + 2u, split, s4c);
    store(row + 4u, vector + 3u, split, s4d);
    store(row + 5u, vector + 2u, split, s5c);
    store(row + 5u, vector + 3u, split, s5d);
    store(row + 6u, vector + 2u, split, s6c);
    store(row + 6u, vector + 3u, split, s6d);
    store(row + 7u, vector + 2u, split, s7c);
    store(row + 7u, vector + 3u, split, s7d);
  }
}
