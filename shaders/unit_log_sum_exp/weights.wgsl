// The weights of the gradient, for a strip: with e as in sums.wgsl and g_i = dy_i/Σ_j times_j·e_ij,
//   w[i, j] = scale·e_ij·(g_i·times_j + g_j·times_i),
// so that dx_i = Σ_j w_ij·x_j; w is symmetric. Stores w[i − first, j − first]; rows and columns beyond the last get 0,
// up to the end of their tile.

@group(0) @binding(5) var<storage, read> gains: array<vec4<f32>>; // g
@group(0) @binding(6) var<storage, read_write> w: array<vec4<f32>>;

fn power(l: vec4<f32>) -> vec4<f32> {
  return exp(uniforms.scale * (l - vec4<f32>(1.0)));
}

// What belongs to a four of the tile's columns; a narrow tile has two.
fn column_times(n: u32) -> vec4<f32> {
  if (n >= tile_vectors()) { return vec4<f32>(0.0); }
  return times[vector + n];
}

fn column_gains(n: u32) -> vec4<f32> {
  if (n >= tile_vectors()) { return vec4<f32>(0.0); }
  return gains[vector + n];
}

fn store_row(n: u32, l: mat4x4<f32>, factors: mat4x4<f32>) {
  if (8u * row_tile + n >= uniforms.rows) { return; }
  let stride = (uniforms.padded - uniforms.first) / 4u;
  let place = (8u * row_tile + n) * stride + column_tile * tile_vectors();
  w[place] = power(l[0]) * factors[0];
  w[place + 1u] = power(l[1]) * factors[1];
  if (!wide) { return; }
  w[place + 2u] = power(l[2]) * factors[2];
  w[place + 3u] = power(l[3]) * factors[3];
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  if (!place_tile(spread_thread_index(group, groups, local, shares))) { return; }
  multiply_tile();
  // Read once: the driver cannot know that what is stored leaves them as they are.
  let own_gains = mat2x4<f32>(gains[row / 4u], gains[row / 4u + 1u]) * uniforms.scale;
  let own_times = mat2x4<f32>(times[row / 4u], times[row / 4u + 1u]) * uniforms.scale;
  let t = mat4x4<f32>(column_times(0u), column_times(1u), column_times(2u), column_times(3u));
  let g = mat4x4<f32>(column_gains(0u), column_gains(1u), column_gains(2u), column_gains(3u));
  store_row(0u, s0, own_gains[0][0] * t + own_times[0][0] * g);
  store_row(1u, s1, own_gains[0][1] * t + own_times[0][1] * g);
  store_row(2u, s2, own_gains[0][2] * t + own_times[0][2] * g);
  store_row(3u, s3, own_gains[0][3] * t + own_times[0][3] * g);
  store_row(4u, s4, own_gains[1][0] * t + own_times[1][0] * g);
  store_row(5u, s5, own_gains[1][1] * t + own_times[1][1] * g);
  store_row(6u, s6, own_gains[1][2] * t + own_times[1][2] * g);
  store_row(7u, s7, own_gains[1][3] * t + own_times[1][3] * g);
}
