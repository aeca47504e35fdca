// The weights of the gradient, for a strip: with e as in sums.wgsl and g_i = dy_i/Σ_j times_j·e_ij,
//   w[i, j] = scale·e_ij·(g_i·times_j + g_j·times_i),
// so that dx_i = Σ_j w_ij·x_j; w is symmetric. Stores w[i − first, j − first]; rows and columns beyond the last get 0,
// up to the end of their tile.

@group(0) @binding(5) var<storage, read> gains: array<vec4<f32>>; // g
@group(0) @binding(6) var<storage, read_write> w: array<vec4<f32>>;

fn gains_from(n: u32) -> mat4x4<f32> {
  let at = uniforms.first / 4u + vector + n;
  if (wide) { return mat4x4<f32>(gains[at], gains[at + 1u], gains[at + 2u], gains[at + 3u]); }
  return mat4x4<f32>(gains[at], gains[at + 1u], vec4<f32>(0.0), vec4<f32>(0.0));
}

// A block of w, times of its columns t and their gains g being read before anything is stored: the driver cannot know
// that they stay as they are.
fn weighted(block: u32, l: mat4x4<f32>, t: mat4x4<f32>, g: mat4x4<f32>) -> mat4x4<f32> {
  let own = uniforms.first + row + row_of(block);
  let factors = uniforms.scale * (gains[own / 4u][own % 4u] * t + times[own / 4u][own % 4u] * g);
  let e = powers(l);
  return mat4x4<f32>(e[0] * factors[0], e[1] * factors[1], e[2] * factors[2], e[3] * factors[3]);
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
  let w0 = weighted(0u, block0, t0, g0);
  let w1 = weighted(1u, block1, t1, g1);
  let w2 = weighted(2u, block2, t0, g0);
  let w3 = weighted(3u, block3, t1, g1);
  let w4 = weighted(4u, block4, t0, g0);
  let w5 = weighted(5u, block5, t1, g1);
  let w6 = weighted(6u, block6, t0, g0);
  let w7 = weighted(7u, block7, t1, g1);
  store_block(0u, w0);
  store_block(1u, w1);
  store_block(2u, w2);
  store_block(3u, w3);
  store_block(4u, w4);
  store_block(5u, w5);
  store_block(6u, w6);
  store_block(7u, w7);
}
