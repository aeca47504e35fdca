// C = alpha·op(A)·op(B) (+ bias) of any shape, one number an invocation; see tiled.wgsl.

override transpose_a: bool = false;
override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;

struct Uniforms { // as in tiled.wgsl
  m: u32,
  n: u32,
  k: u32,
  part: u32,
  splits: u32,
  a_row: u32,
  b_row: u32,
  b_last: u32, // the last stored row of B that a transposed B may read; C repeats it beyond
  alpha: f32,
}

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let m = uniforms.m;
  let n = uniforms.n;
  let thread = thread_index(group, groups, local);
  let split = thread / (m * n);
  if (split >= uniforms.splits) { return; }
  let row = (thread % (m * n)) / n;
  let column = thread % n;
  let k_start = split * uniforms.part;
  let k_end = min(uniforms.k, k_start + uniforms.part);
  var sum = 0.0;
  for (var k = k_start; k < k_end; k++) {
    let a_at = select(
      (uniforms.a_row + row) * uniforms.k + k,
      (uniforms.a_row + k) * m + row,
      transpose_a,
    );
    let b_at = select(
      (uniforms.b_row + k) * n + column,
      min(uniforms.b_row + column, uniforms.b_last) * uniforms.k + k,
      transpose_b,
    );
    sum += a[a_at] * b[b_at];
  }
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[column]; }
  if (accumulate) { value += c[thread]; }
  c[thread] = value;
}
