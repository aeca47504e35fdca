// C = alpha·op(A)·op(B) (+ bias) with op(A) m×k, op(B) k×n and C m×n.
//
// One invocation computes 8 rows × 8 columns of C in registers, or 8×16 where `wide` is 1: 16 loads of
// four numbers serve 256 multiply-adds, or 24 serve 512, and no workgroup memory is touched. Wide is a
// fifth faster on lavapipe, where loads are dear; a GPU has too few registers for it. Written out, because
// drivers keep arrays that loops index in memory: four times slower on lavapipe. All rows are read
// as vec4, so the row lengths of A, B and C are multiples of 4; plain.wgsl takes other shapes.
// The k-range is cut in `splits` parts of `part` each; part s is written to C + s·m·n, and
// combine.wgsl adds them in order. Stores (=), or adds (+=) where `accumulate` is 1.

override transpose_a: bool = false;
override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;
override wide: bool = false;

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
}

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> c: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

// Four rows of op(A) at k..k+3, from A stored as k×m.
fn a_transposed(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  let m4 = uniforms.m / 4u;
  let at = min(vector, m4 - 1u);
  let zero = vec4<f32>(0.0);
  // Beyond the end of the range op(A) counts as zero, so what op(B) has there does not matter.
  return transpose(mat4x4<f32>(
    a[(uniforms.a_row + k) * m4 + at],
    select(zero, a[(uniforms.a_row + min(k + 1u, k_end - 1u)) * m4 + at], k + 1u < k_end),
    select(zero, a[(uniforms.a_row + min(k + 2u, k_end - 1u)) * m4 + at], k + 2u < k_end),
    select(zero, a[(uniforms.a_row + min(k + 3u, k_end - 1u)) * m4 + at], k + 3u < k_end),
  ));
}

fn a_row(k: u32, row: u32) -> vec4<f32> {
  return a[((uniforms.a_row + min(row, uniforms.m - 1u)) * uniforms.k + k) / 4u];
}

// Rows k..k+3 of four columns of op(B), from B stored as n×k.
fn b_transposed(k: u32, vector: u32) -> mat4x4<f32> {
  let row = uniforms.b_row + vector * 4u;
  return transpose(mat4x4<f32>(
    b[(min(row, uniforms.b_last) * uniforms.k + k) / 4u],
    b[(min(row + 1u, uniforms.b_last) * uniforms.k + k) / 4u],
    b[(min(row + 2u, uniforms.b_last) * uniforms.k + k) / 4u],
    b[(min(row + 3u, uniforms.b_last) * uniforms.k + k) / 4u],
  ));
}

fn b_rows(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  let n4 = uniforms.n / 4u;
  let at = min(vector, n4 - 1u);
  return mat4x4<f32>(
    b[(uniforms.b_row + k) * n4 + at],
    b[(uniforms.b_row + min(k + 1u, k_end - 1u)) * n4 + at],
    b[(uniforms.b_row + min(k + 2u, k_end - 1u)) * n4 + at],
    b[(uniforms.b_row + min(k + 3u, k_end - 1u)) * n4 + at],
  );
}

fn b_part(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  if (transpose_b) { return b_transposed(k, vector); }
  return b_rows(k, k_end, vector);
}

fn store(row: u32, vector: u32, split: u32, sum: vec4<f32>) {
  let n4 = uniforms.n / 4u;
  if (row >= uniforms.m || vector >= n4) { return; }
  let at = (split * uniforms.m + row) * n4 + vector;
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
  let thread = thread_index(group, groups, local);
  let tile = thread % (column_tiles * row_tiles);
  let split = thread / (column_tiles * row_tiles);
  if (split >= uniforms.splits) { return; }
  let row = (tile / column_tiles) * 8u;
  let vector = (tile % column_tiles) * tile_vectors;
  let k_end = min(uniforms.k, (split + 1u) * uniforms.part);

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
