// What the products in registers have in common: their operands, read as vec4, and where C is stored.
//
// C = f(alpha·op(A)·op(B) (+ bias)), f by `activation`, with op(A) m×k, op(B) k×n and C m×n. All rows are
// read as vec4, so the row lengths of A, B and C are multiples of 4; plain.wgsl takes other shapes. The
// k-range is cut in `splits` parts of `part` each; part s is written to C + s·m·n, and reduce/combine.wgsl
// adds them in order. Stores (=), or adds (+=) where `accumulate` is 1.
//
// Each matrix may be a block of columns of a wider one: rows lie `stride` numbers apart, and the block
// begins at `column`. Where `has_limit` is 1, a dimension that only the step knows ends at
// limit[0]·factor − first: what lies beyond is not computed, and C keeps what it has there; where `clear`
// is 1, rows beyond count as sums of nothing.

override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;
override has_limit: bool = false;

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
    a_at(at),
    select(zero, a_at(at + min(1u, last) * stride), k + 1u < k_end),
    select(zero, a_at(at + min(2u, last) * stride), k + 2u < k_end),
    select(zero, a_at(at + min(3u, last) * stride), k + 3u < k_end),
  ));
}

fn a_row(k: u32, row: u32) -> vec4<f32> {
  let stored = uniforms.a_row + min(row, uniforms.m - 1u);
  return a_at((stored * uniforms.a_stride + uniforms.a_column + k) / 4u);
}

// Rows k..k+3 of four columns of op(B), from B stored as n×k.
fn b_transposed(k: u32, vector: u32) -> mat4x4<f32> {
  let row = uniforms.b_row + vector * 4u;
  let at = uniforms.b_column + k;
  return transpose(mat4x4<f32>(
    b_at((min(row, uniforms.b_last) * uniforms.b_stride + at) / 4u),
    b_at((min(row + 1u, uniforms.b_last) * uniforms.b_stride + at) / 4u),
    b_at((min(row + 2u, uniforms.b_last) * uniforms.b_stride + at) / 4u),
    b_at((min(row + 3u, uniforms.b_last) * uniforms.b_stride + at) / 4u),
  ));
}

fn b_rows(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  let start = (uniforms.b_row + k) * uniforms.b_stride + uniforms.b_column;
  let at = start / 4u + min(vector, uniforms.n / 4u - 1u);
  let stride = uniforms.b_stride / 4u;
  let last = k_end - 1u - k;
  return mat4x4<f32>(
    b_at(at),
    b_at(at + min(1u, last) * stride),
    b_at(at + min(2u, last) * stride),
    b_at(at + min(3u, last) * stride),
  );
}

fn b_part(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  if (transpose_b) { return b_transposed(k, vector); }
  return b_rows(k, k_end, vector);
}

// Stores four numbers of C; the caller sees to it that there is such a row.
fn store(row: u32, vector: u32, split: u32, sum: vec4<f32>) {
  if (vector >= uniforms.n / 4u) { return; }
  let stored = uniforms.c_row + split * uniforms.m + row;
  let at = c_start() + (stored * uniforms.c_stride + uniforms.c_column) / 4u + vector;
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[vector]; }
  value = activated(value);
  if (accumulate) { value += c[at]; }
  c[at] = value;
}

