// What rows.wgsl computes, by a workgroup a row, whose invocations read what lies side by side.

override is_first: bool = false;

@group(0) @binding(3) var<storage, read> tile: array<f32>;
@group(0) @binding(4) var<storage, read> running: array<vec2<f32>>;
@group(0) @binding(5) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = group.y * groups.x + group.x;
  if (row >= uniforms.rows) { return; }
  let own = uniforms.first + row;
  if (own >= rows_in_all()) {
    if (local == 0u) { y[own] = 0.0; }
    return;
  }
  let start = row * uniforms.columns;
  let end = columns_in_all();
  let last = end - 1u;
  var share = vec2<f32>(tile[start], 0.0);
  if (!is_first && local == 0u) { share = running[own]; }
  for (var j = local; j < end; j += 4u * lanes) {
    // Four loads are under way at a time; those beyond the end are the last column's, and count for nothing.
    let at = vec4<u32>(j, j + lanes, j + 2u * lanes, j + 3u * lanes);
    let inside = min(at, vec4<u32>(last));
    let l = vec4<f32>(
      tile[start + inside.x],
      tile[start + inside.y],
      tile[start + inside.z],
      tile[start + inside.w],
    );
    let n = vec4<f32>(
      times(uniforms.first + inside.x),
      times(uniforms.first + inside.y),
      times(uniforms.first + inside.z),
      times(uniforms.first + inside.w),
    );
    let counted = select(vec4<f32>(0.0), n, at <= vec4<u32>(last));
    share = combined(share, share_of(l, counted));
  }
  let all = combine_lanes(local, share);
  if (local == 0u) { y[own] = all.x + log(all.y); }
}
