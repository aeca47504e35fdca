// y[r] = factor·Σ_pairs (cos(a_r, b_r) − 1)², or += for the launches after the first (`accumulate`). The norms' product
// counts as at least 1e-8, as in PyTorch. One invocation a row.

override accumulate: bool = false;

@group(0) @binding(2) var<storage, read> pairs: array<vec2<u32>>; // the first vectors of their blocks
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.stride;
  var sum = 0.0;
  for (var n = uniforms.first; n < uniforms.end; n++) {
    let pair = pairs[n];
    let of_pair = products(start + pair.x, start + pair.y);
    let norms = sqrt(of_pair.y) * sqrt(of_pair.z);
    let gap = of_pair.x / max(norms, 1e-8) - 1.0;
    sum += gap * gap;
  }
  var value = uniforms.factor * sum;
  if (accumulate) { value += y[row]; }
  y[row] = value;
}
