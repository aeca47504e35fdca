// A product of any shape, one number of C an invocation; operands.wgsl says of what, and what its constants and
// uniforms mean. Here all operands are read as single numbers, and a uniform says which are transposed: what that
// takes stands before the loop, so it is one pipeline for all forms. Stores (=), or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;
override has_bias: bool = false;
override has_limit: bool = false;
override clear: bool = false;
override shares: u32 = 1u;

struct Uniforms { // those of operands.wgsl, and
  transpose_a: u32,
  transpose_b: u32,
  m: u32,
  n: u32,
  k: u32,
  part: u32,
  splits: u32,
  a_row: u32,
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
  m_first: i32,
  n_first: i32,
  k_first: i32,
}

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@group(0) @binding(4) var<storage, read> limit: array<u32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

fn limited(size: u32, first: i32) -> u32 {
  if (!has_limit) { return size; }
  return u32(clamp(i32(limit[0]) * uniforms.factor - first, 0, i32(size)));
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let m = uniforms.m;
  let n = uniforms.n;
  let thread = spread_thread_index(group, groups, local, shares);
  let split = thread / (m * n);
  if (split >= uniforms.splits) { return; }
  let row = (thread % (m * n)) / n;
  let column = thread % n;
  let is_beyond = row >= limited(m, uniforms.m_first);
  if ((is_beyond && !clear) || column >= limited(n, uniforms.n_first)) { return; }
  let k_start = split * uniforms.part;
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, is_beyond);
  let k_end = min(k_limit, k_start + uniforms.part);
  let a_stride = uniforms.a_stride;
  let b_stride = uniforms.b_stride;
  let a_first = uniforms.a_row * a_stride + uniforms.a_column;
  let b_first = uniforms.b_row * b_stride + uniforms.b_column;
  let b_row = min(uniforms.b_row + column, uniforms.b_last);
  let is_a_transposed = uniforms.transpose_a == 1u;
  let is_b_transposed = uniforms.transpose_b == 1u;
  let a_start = a_first + row * select(a_stride, 1u, is_a_transposed);
  let a_step = select(1u, a_stride, is_a_transposed);
  let b_start = select(b_first + column, b_row * b_stride + uniforms.b_column, is_b_transposed);
  let b_step = select(b_stride, 1u, is_b_transposed);
  var sum = 0.0;
  for (var k = k_start; k < k_end; k++) {
    sum += a[a_start + k * a_step] * b[b_start + k * b_step];
  }
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[column]; }
  value = activated(vec4<f32>(value)).x;
  let stored = uniforms.c_row + split * m + row;
  let at = stored * uniforms.c_stride + uniforms.c_column + column;
  if (accumulate) { value += c[at]; }
  c[at] = value;
}
