// What columns.wgsl computes: neighbouring invocations of a workgroup take neighbouring columns, and `lanes` of them, far
// from each other, share the rows of a column.

override is_first: bool = false;

@group(0) @binding(3) var<storage, read> tile: array<f32>;
@group(0) @binding(4) var<storage, read_write> running: array<vec2<f32>>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let across = workgroup_size / lanes;
  let place = local & (across - 1u);
  let lane = local / across;
  let column = uniforms.rows + (group.y * groups.x + group.x) * across + place;
  let own = uniforms.first + column;
  let counts_column = column < columns_in_all();
  var share = vec2<f32>(0.0);
  if (counts_column) {
    share.x = tile[column];
    if (!is_first && lane == 0u) { share = running[own]; }
    // Rows above a column that counts count as well: all of the tile's.
    let last = uniforms.rows - 1u;
    for (var row = lane; row <= last; row += 4u * lanes) {
      let at = vec4<u32>(row, row + lanes, row + 2u * lanes, row + 3u * lanes);
      let inside = min(at, vec4<u32>(last));
      let l = vec4<f32>(
        tile[inside.x * uniforms.columns + column],
        tile[inside.y * uniforms.columns + column],
        tile[inside.z * uniforms.columns + column],
        tile[inside.w * uniforms.columns + column],
      );
      let n = vec4<f32>(
        times(uniforms.first + inside.x),
        times(uniforms.first + inside.y),
        times(uniforms.first + inside.z),
        times(uniforms.first + inside.w),
      );
      share = combined(share, share_of(l, select(vec4<f32>(0.0), n, at <= vec4<u32>(last))));
    }
  }
  let all = combine_lanes(place * lanes + lane, share);
  if (counts_column && lane == 0u) { running[own] = all; }
}
