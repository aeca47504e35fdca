// The sums of a strip's tiles: with e = exp(scale·(x_i·x_j − 1)),
//   row_parts[i, block] = Σ_{j in the block} times_j·e_ij and column_parts[tile, j] = Σ_{i in the tile} times_i·e_ij.
// Stores; accumulate.wgsl adds them in order. Columns of the strip's own rows get their sums as rows.
//
// Everything is read before anything is stored: the driver cannot know that what is read stays as it is.

@group(0) @binding(5) var<storage, read_write> row_parts: array<f32>;
@group(0) @binding(6) var<storage, read_write> column_parts: array<vec4<f32>>;

fn row_sum(e: mat4x4<f32>, weights: mat4x4<f32>) -> f32 {
  let sum = weights[0] * e[0] + weights[1] * e[1] + weights[2] * e[2] + weights[3] * e[3];
  return sum.x + sum.y + sum.z + sum.w;
}

fn store_row(block: u32, sum: f32) {
  let place = row + row_of(block);
  if (place >= uniforms.rows) { return; }
  let block_vectors = select(2u, 4u, wide);
  let blocks = vectors_in_strip() / block_vectors;
  row_parts[place * blocks + (vector + vector_of(block)) / block_vectors] = sum;
}

fn store_columns(n: u32, sum: mat4x4<f32>) {
  let at = row / rows_a_tile * (uniforms.padded / 4u) + uniforms.first / 4u + vector + n;
  column_parts[at] = sum[0];
  column_parts[at + 1u] = sum[1];
  if (!wide) { return; }
  column_parts[at + 2u] = sum[2];
  column_parts[at + 3u] = sum[3];
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
  let upper = times[(uniforms.first + row) / 4u];
  let lower = times[(uniforms.first + row) / 4u + rows_a_tile / 8u];
  let e0 = powers(block0);
  let e1 = powers(block1);
  let e2 = powers(block2);
  let e3 = powers(block3);
  let e4 = powers(block4);
  let e5 = powers(block5);
  let e6 = powers(block6);
  let e7 = powers(block7);
  let r0 = row_sum(e0, t0);
  let r1 = row_sum(e1, t1);
  let r2 = row_sum(e2, t0);
  let r3 = row_sum(e3, t1);
  let r4 = row_sum(e4, t0);
  let r5 = row_sum(e5, t1);
  let r6 = row_sum(e6, t0);
  let r7 = row_sum(e7, t1);
  // Within the strip's own columns the sums of columns are not wanted; they are stored and not read.
  if (rows_a_tile == 8u) {
    store_columns(
      0u,
      upper.x * e0 + upper.y * e1 + upper.z * e2 + upper.w * e3 +
        lower.x * e4 + lower.y * e5 + lower.z * e6 + lower.w * e7,
    );
  } else {
    store_columns(0u, upper.x * e0 + upper.y * e2 + upper.z * e4 + upper.w * e6);
    store_columns(4u, upper.x * e1 + upper.y * e3 + upper.z * e5 + upper.w * e7);
  }
  store_row(0u, r0);
  store_row(1u, r1);
  store_row(2u, r2);
  store_row(3u, r3);
  store_row(4u, r4);
  store_row(5u, r5);
  store_row(6u, r6);
  store_row(7u, r7);
}
