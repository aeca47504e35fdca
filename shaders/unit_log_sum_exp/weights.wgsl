// The weights of the gradient, for a strip: with e as in sums.wgsl and g_i = dy_i/Σ_j times_j·e_ij,
//   w[i, j] = scale·e_ij·(g_i·times_j + g_j·times_i),
// so that dx_i = Σ_j w_ij·x_j; w is symmetric. Stores w[i − first, j − first]; rows and columns beyond the last get 0,
// up to the end of their tile.
//
// Everything is read before anything is stored: the driver cannot know that what is read stays as it is.

@group(0) @binding(5) var<storage, read> gains: array<vec4<f32>>; // g
@group(0) @binding(6) var<storage, read_write> w: array<vec4<f32>>;

fn gains_from(n: u32) -> mat4x4<f32> {
  let at = uniforms.first / 4u + vector + n;
  if (wide) { return mat4x4<f32>(gains[at], gains[at + 1u], gains[at + 2u], gains[at + 3u]); }
  return mat4x4<f32>(gains[at], gains[at + 1u], vec4<f32>(0.0), vec4<f32>(0.0));
}

// A block of w: t is how often its columns count, g are their gains.
fn weighted(
  l: mat4x4<f32>,
  own_gain: f32,
  own_times: f32,
  t: mat4x4<f32>,
  g: mat4x4<f32>,
) -> mat4x4<f32> {
  let factors = uniforms.scale * (own_gain * t + own_times * g);
  let e = powers(l);
  return mat4x4<f32>(e[0] * factors[0], e[1] * factors[1], e[2] * factors[2], e[3] * factors[3]);
}

// What belongs to the row of a block.
fn own_of(block: u32, all: mat2x4<f32>) -> f32 {
  return all[row_of(block) / 4u][row_of(block) % 4u];
}

fn store_block(block: u32, value: mat4x4<f32>) {
  if (row + row_of(block) >= uniforms.rows) { return; }
  let at = (row + row_of(block)) * vectors_in_strip() + vector + vector_of(block);
  w[at] = value[0];
  w[at + 1u] = value[1];
  if (!wide) { return; }
  w[at + 2u] = value[2];
  w[at + 3u] = value[3];
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  if (!multiply_tile(group, groups, local)) { return; }
  let t0 = times_from(vector_of(0u));
  let t1 = times_from(vector_of(1u));
  let g0 = gains_from(vector_of(0u));
  let g1 = gains_from(vector_of(1u));
  let own = (uniforms.first + row) / 4u;
  let times_of = mat2x4<f32>(times[own], times[own + rows_a_tile / 8u]);
  let gains_of = mat2x4<f32>(gains[own], gains[own + rows_a_tile / 8u]);
  let w0 = weighted(block0, own_of(0u, gains_of), own_of(0u, times_of), t0, g0);
  let w1 = weighted(block1, own_of(1u, gains_of), own_of(1u, times_of), t1, g1);
  let w2 = weighted(block2, own_of(2u, gains_of), own_of(2u, times_of), t0, g0);
  let w3 = weighted(block3, own_of(3u, gains_of), own_of(3u, times_of), t1, g1);
  let w4 = weighted(block4, own_of(4u, gains_of), own_of(4u, times_of), t0, g0);
  let w5 = weighted(block5, own_of(5u, gains_of), own_of(5u, times_of), t1, g1);
  let w6 = weighted(block6, own_of(6u, gains_of), own_of(6u, times_of), t0, g0);
  let w7 = weighted(block7, own_of(7u, gains_of), own_of(7u, times_of), t1, g1);
  store_block(0u, w0);
  store_block(1u, w1);
  store_block(2u, w2);
  store_block(3u, w3);
  store_block(4u, w4);
  store_block(5u, w5);
  store_block(6u, w6);
  store_block(7u, w7);
}
