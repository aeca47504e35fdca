// C = alpha·op(A)·op(B) (+ bias) with op(A) m×k, op(B) k×n and C m×n.
//
// One invocation computes 8 rows × 8 columns of C in registers: 16 loads of four numbers serve 256
// multiply-adds, and no workgroup memory is touched (measured in webgpu.md). Written out, because
// drivers keep arrays that loops index in memory: four times slower on lavapipe. All rows are read
// as vec4, so the row lengths of A, B and C are multiples of 4; plain.wgsl takes other shapes.
// The k-range is cut in `splits` parts of `part` each; part s is written to C + s·m·n, and
// combine.wgsl adds them in order. Stores (=), or adds (+=) where `accumulate` is 1.

override transpose_a: bool = false;
override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;

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
  let column_tiles = (uniforms.n / 4u + 1u) / 2u;
  let row_tiles = (uniforms.m + 7u) / 8u;
  let thread = thread_index(group, groups, local);
  let tile = thread % (column_tiles * row_tiles);
  let split = thread / (column_tiles * row_tiles);
  if (split >= uniforms.splits) { return; }
  let row = (tile / column_tiles) * 8u;
  let vector = (tile % column_tiles) * 2u;
  let k_end = min(uniforms.k, (split + 1u) * uniforms.part);

  var s0a = vec4<f32>(0.0);
  var s0b = vec4<f32>(0.0);
  var s1a = vec4<f32>(0.0);
  var s1b = vec4<f32>(0.0);
  var s2a = vec4<f32>(0.0);
  var s2b = vec4<f32>(0.0);
  var s3a = vec4<f32>(0.0);
  var s3b = vec4<f32>(0.0);
  var s4a = vec4<f32>(0.0);
  var s4b = vec4<f32>(0.0);
  var s5a = vec4<f32>(0.0);
  var s5b = vec4<f32>(0.0);
  var s6a = vec4<f32>(0.0);
  var s6b = vec4<f32>(0.0);
  var s7a = vec4<f32>(0.0);
  var s7b = vec4<f32>(0.0);

  for (var k = split * uniforms.part; k < k_end; k += 4u) {
    var left: mat4x4<f32>; // columns of four of B's rows
    var right: mat4x4<f32>;
    if (transpose_b) {
      left = b_transposed(k, vector);
      right = b_transposed(k, vector + 1u);
    } else {
      left = b_rows(k, k_end, vector);
      right = b_rows(k, k_end, vector + 1u);
    }
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
    s0a += left * upper[0];
    s0b += right * upper[0];
    s1a += left * upper[1];
    s1b += right * upper[1];
    s2a += left * upper[2];
    s2b += right * upper[2];
    s3a += left * upper[3];
    s3b += right * upper[3];
    s4a += left * lower[0];
    s4b += right * lower[0];
    s5a += left * lower[1];
    s5b += right * lower[1];
    s6a += left * lower[2];
    s6b += right * lower[2];
    s7a += left * lower[3];
    s7b += right * lower[3];
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
}
