// What weights.wgsl computes, by a workgroup a row, whose invocations read what lies side by side. All that does not count
// gets 0, up to the ends of rows and tile, so that products need no limit of rows.

override scale: f32 = 1.0;

@group(0) @binding(3) var<storage, read> y: array<f32>;
@group(0) @binding(4) var<storage, read> dy: array<f32>;
@group(0) @binding(5) var<storage, read_write> tile: array<f32>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = group.y * groups.x + group.x;
  if (row >= uniforms.rows) { return; }
  let own = uniforms.first + row;
  let start = row * uniforms.columns;
  let end = select(0u, columns_in_all(), own < rows_in_all());
  let own_y = y[own];
  let own_dy = dy[own];
  let own_times = times(own);
  for (var j = local; j < uniforms.columns; j += workgroup_size) {
    var value = 0.0;
    if (j < end) {
      let other = uniforms.first + j;
      let l = tile[start + j];
      value = scale * (own_dy * times(other) * exp(l - own_y) + dy[other] * own_times * exp(l - y[other]));
    }
    tile[start + j] = value;
  }
}
