// Adds a tile to the running (greatest, sum of exp(l − greatest)) of its rows, and ends them: the tiles
// before have added what stands left. Stores y[i] = log Σ_j times_j·exp(l_ij), 0 beyond the last row. One
// invocation a row; in the first tile nothing has been added before.

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
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let own = uniforms.first + row;
  if (own >= rows_in_all()) {
    y[own] = 0.0;
    return;
  }
  let start = row * uniforms.columns;
  let end = columns_in_all();
  var greatest = tile[start];
  var sum = 0.0;
  if (!is_first) {
    greatest = running[own].x;
    sum = running[own].y;
  }
  for (var j = 0u; j < end; j += 8u) {
    let last = end - 1u;
    let a = start + min(j, last);
    let l0 = vec4<f32>(
      tile[a],
      tile[start + min(j + 1u, last)],
      tile[start + min(j + 2u, last)],
      tile[start + min(j + 3u, last)],
    );
    let l1 = vec4<f32>(
      tile[start + min(j + 4u, last)],
      tile[start + min(j + 5u, last)],
      tile[start + min(j + 6u, last)],
      tile[start + min(j + 7u, last)],
    );
    let both = max(l0, l1);
    let next = max(greatest, max(max(both.x, both.y), max(both.z, both.w)));
    sum *= exp(greatest - next);
    greatest = next;
    let column = uniforms.first + j;
    let n0 = vec4<f32>(
      times(column),
      select(0.0, times(column + 1u), j + 1u < end),
      select(0.0, times(column + 2u), j + 2u < end),
      select(0.0, times(column + 3u), j + 3u < end),
    );
    let n1 = vec4<f32>(
      select(0.0, times(column + 4u), j + 4u < end),
      select(0.0, times(column + 5u), j + 5u < end),
      select(0.0, times(column + 6u), j + 6u < end),
      select(0.0, times(column + 7u), j + 7u < end),
    );
    sum += dot(n0, exp(l0 - vec4<f32>(next))) + dot(n1, exp(l1 - vec4<f32>(next)));
  }
  y[own] = greatest + log(sum);
}
