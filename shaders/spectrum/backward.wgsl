// The gradient of y = a·b (spectrum/forward.wgsl) for one factor: dfactor = dy·conj(other), and where
// that factor entered by its conjugate, conj(dy)·other. Each row of dy gives a row; a factor of one row
// for all takes the sum over them, which the TypeScript adds. Stores (=), or adds (+=) where
// `accumulate` is 1.

override of_conjugate: bool = false; // this factor entered by its conjugate
override other_conjugate: bool = false; // the other factor did
override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // d
  other_rows: u32,
  bins: u32, // bins that are kept
}

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> other: array<f32>;
@group(0) @binding(2) var<storage, read_write> gradient: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

fn store(at: u32, value: f32) {
  if (accumulate) { gradient[at] += value; } else { gradient[at] = value; }
}

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
  let other_at = (row % uniforms.other_rows) * uniforms.columns + bin;
  let is_kept = bin < uniforms.bins;
  if (bin == 0u || bin == half) {
    store(at, select(0.0, dy[at] * other[other_at], is_kept));
    return;
  }
  let upstream = vec2<f32>(dy[at], dy[at + half]);
  var factor = vec2<f32>(other[other_at], other[other_at + half]);
  if (other_conjugate) { factor.y = -factor.y; }
  // dy·conj(factor)
  let real = upstream.x * factor.x + upstream.y * factor.y;
  var imaginary = upstream.y * factor.x - upstream.x * factor.y;
  if (of_conjugate) { imaginary = -imaginary; }
  store(at, select(0.0, real, is_kept));
  store(at + half, select(0.0, imaginary, is_kept));
}
