// The sums of a strip's tiles: with e = exp(scale·(x_i·x_j − 1)), which rows of length 1 keep within
// (exp(−2·scale), 1],
//   row_parts[i, tile] = Σ_{j in the tile} times_j·e_ij and column_parts[tile, j] = Σ_{i in the tile} times_i·e_ij.
// Stores; accumulate.wgsl adds them in order. Columns of the strip's own rows get their sums as rows.

@group(0) @binding(5) var<storage, read_write> row_parts: array<f32>;
@group(0) @binding(6) var<storage, read_write> column_parts: array<vec4<f32>>;

fn power(l: vec4<f32>) -> vec4<f32> {
  return exp(uniforms.scale * (l - vec4<f32>(1.0)));
}

fn powers(l: mat4x4<f32>) -> mat4x4<f32> {
  if (wide) { return mat4x4<f32>(power(l[0]), power(l[1]), power(l[2]), power(l[3])); }
  return mat4x4<f32>(power(l[0]), power(l[1]), vec4<f32>(0.0), vec4<f32>(0.0));
}

// How often a four of the tile's columns counts.
fn column_times(n: u32) -> vec4<f32> {
  if (n >= tile_vectors()) { return vec4<f32>(0.0); }
  return times[vector + n];
}

fn store_row(n: u32, e: mat4x4<f32>, weights: mat4x4<f32>) {
  if (8u * row_tile + n >= uniforms.rows) { return; }
  let sum = weights[0] * e[0] + weights[1] * e[1] + weights[2] * e[2] + weights[3] * e[3];
  row_parts[(8u * row_tile + n) * column_tiles() + column_tile] = sum.x + sum.y + sum.z + sum.w;
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  if (!place_tile(spread_thread_index(group, groups, local, shares))) { return; }
  multiply_tile();
  let e0 = powers(s0);
  let e1 = powers(s1);
  let e2 = powers(s2);
  let e3 = powers(s3);
  let e4 = powers(s4);
  let e5 = powers(s5);
  let e6 = powers(s6);
  let e7 = powers(s7);
  let weights = mat4x4<f32>(column_times(0u), column_times(1u), column_times(2u), column_times(3u));
  store_row(0u, e0, weights);
  store_row(1u, e1, weights);
  store_row(2u, e2, weights);
  store_row(3u, e3, weights);
  store_row(4u, e4, weights);
  store_row(5u, e5, weights);
  store_row(6u, e6, weights);
  store_row(7u, e7, weights);
  if (4u * vector < uniforms.first + uniforms.rows) { return; }
  let t0 = times[row / 4u];
  let t1 = times[row / 4u + 1u];
  let sum = t0.x * e0 + t0.y * e1 + t0.z * e2 + t0.w * e3 + t1.x * e4 + t1.y * e5 + t1.z * e6 + t1.w * e7;
  let at = row_tile * (uniforms.padded / 4u) + vector;
  column_parts[at] = sum[0];
  column_parts[at + 1u] = sum[1];
  if (wide) {
    column_parts[at + 2u] = sum[2];
    column_parts[at + 3u] = sum[3];
  }
}
