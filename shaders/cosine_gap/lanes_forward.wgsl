// What forward.wgsl computes, by `lanes` invocations a row.

override accumulate: bool = false;

@group(0) @binding(2) var<storage, read> pairs: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local) / lanes;
  let lane = lane_of(local);
  let end = select(0u, uniforms.vectors, row < uniforms.rows);
  let start = row * uniforms.stride;
  var sum = 0.0;
  for (var n = uniforms.first; n < uniforms.end; n++) {
    let pair = pairs[n];
    // All have read what the pair before has left.
    workgroupBarrier();
    let of_pair = combine_lanes(local, share_of_products(start + pair.x, start + pair.y, lane, end));
    let norms = sqrt(of_pair.y) * sqrt(of_pair.z);
    let gap = of_pair.x / max(norms, 1e-8) - 1.0;
    sum += gap * gap;
  }
  if (row >= uniforms.rows || lane > 0u) { return; }
  var value = uniforms.factor * sum;
  if (accumulate) { value += y[row]; }
  y[row] = value;
}
