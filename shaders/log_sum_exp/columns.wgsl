// Adds a tile to the running (greatest, sum of exp(l − greatest)) of the rows that its columns right of its
// diagonal block belong to, l being symmetric. One invocation a column.

override is_first: bool = false;

@group(0) @binding(3) var<storage, read> tile: array<f32>;
@group(0) @binding(4) var<storage, read_write> running: array<vec2<f32>>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let column = uniforms.rows + thread_index(group, groups, local);
  if (column >= columns_in_all()) { return; }
  let own = uniforms.first + column;
  var greatest = tile[column];
  var sum = 0.0;
  if (!is_first) {
    greatest = running[own].x;
    sum = running[own].y;
  }
  // Rows above a column that counts count as well: all of the tile's.
  for (var row = 0u; row < uniforms.rows; row += 4u) {
    let last = uniforms.rows - 1u;
    let l = vec4<f32>(
      tile[row * uniforms.columns + column],
      tile[min(row + 1u, last) * uniforms.columns + column],
      tile[min(row + 2u, last) * uniforms.columns + column],
      tile[min(row + 3u, last) * uniforms.columns + column],
    );
    let next = max(greatest, max(max(l.x, l.y), max(l.z, l.w)));
    sum *= exp(greatest - next);
    greatest = next;
    let other = uniforms.first + row;
    let n = vec4<f32>(
      times(other),
      select(0.0, times(other + 1u), row + 1u < uniforms.rows),
      select(0.0, times(other + 2u), row + 2u < uniforms.rows),
      select(0.0, times(other + 3u), row + 3u < uniforms.rows),
    );
    sum += dot(n, exp(l - vec4<f32>(next)));
  }
  running[own] = vec2<f32>(greatest, sum);
}
