// A product of any shape, one number of C an invocation; operands.wgsl says of what, and what its constants and
// uniforms mean. Here all operands are read as single numbers. Stores (=), or adds (+=) where `accumulate` is 1.

override transpose_a: bool = false;
override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;
override has_limit: bool = false;
override clear: bool = false;
override shares: u32 = 1u;

struct Uniforms { // those of operands.wgsl
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
  var sum = 0.0;
  for (var k = k_start; k < k_end; k++) {
    let a_at = select(
      (uniforms.a_row + row) * uniforms.a_stride + k,
      (uniforms.a_row + k) * uniforms.a_stride + row,
      transpose_a,
    );
    let b_at = select(
      (uniforms.b_row + k) * uniforms.b_stride + column,
      min(uniforms.b_row + column, uniforms.b_last) * uniforms.b_stride + k,
      transpose_b,
    );
    sum += a[a_at + uniforms.a_column] * b[b_at + uniforms.b_column];
  }
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[column]; }
  value = activated(vec4<f32>(value)).x;
  let stored = uniforms.c_row + split * m + row;
  let at = stored * uniforms.c_stride + uniforms.c_column + column;
  if (accumulate) { value += c[at]; }
  c[at] = value;
}
