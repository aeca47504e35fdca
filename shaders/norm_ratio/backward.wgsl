// dp[r] = dy·factor/(‖q‖+1e-6)·p/‖p‖, or where `of_q` is 1 dq[r] = −dy·y/(‖q‖+1e-6)·q/‖q‖; rows of zeros have no
// direction and get 0. Stores (=), or adds (+=) where `accumulate` is 1. One invocation an Element.

override of_q: bool = false;
override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32,
  factor: f32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>; // p or q
@group(0) @binding(1) var<storage, read> norms: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> y: array<f32>;
@group(0) @binding(3) var<storage, read> dy: array<f32>;
@group(0) @binding(4) var<storage, read_write> dx: array<Element>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  let row = at / uniforms.columns;
  if (row >= uniforms.rows) { return; }
  let both = norms[row];
  let own = select(both.x, both.y, of_q);
  var factor = dy[row] / (both.y + 1e-6);
  if (of_q) { factor *= -y[row]; } else { factor *= uniforms.factor; }
  var value = Element();
  if (own > 0.0) { value = factor / own * x[at]; }
  if (accumulate) { value += dx[at]; }
  dx[at] = value;
}
