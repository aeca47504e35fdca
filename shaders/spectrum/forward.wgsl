// y = a·b in the packed spectrum of a real signal of even length d: a row holds the real parts of the
// bins 0..d/2, then the imaginary parts of the bins 1..d/2−1; those of bins 0 and d/2 are zero. b has
// a row for each row of a, or one row for all (`b_rows` 1); `conjugate` takes the conjugate of b.
// Bins from `bins` on are dropped. Stores. One invocation a row and bin.

override conjugate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // d
  b_rows: u32,
  bins: u32, // bins that are kept
}

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let half = uniforms.columns / 2u;
  let thread = thread_index(group, groups, local);
  let row = thread / (half + 1u);
  let bin = thread % (half + 1u);
  if (row >= uniforms.rows) { return; }
  let at = row * uniforms.columns + bin;
  let b_at = (row % uniforms.b_rows) * uniforms.columns + bin;
  let is_kept = bin < uniforms.bins;
  if (bin == 0u || bin == half) {
    y[at] = select(0.0, a[at] * b[b_at], is_kept);
    return;
  }
  let left = vec2<f32>(a[at], a[at + half]);
  var right = vec2<f32>(b[b_at], b[b_at + half]);
  if (conjugate) { right.y = -right.y; }
  y[at] = select(0.0, left.x * right.x - left.y * right.y, is_kept);
  y[at + half] = select(0.0, left.x * right.y + left.y * right.x, is_kept);
}
