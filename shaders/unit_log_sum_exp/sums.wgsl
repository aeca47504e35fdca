// The sums of a strip's tiles: with e = exp(scale·(x_i·x_j − 1)),
//   row_parts[i, block] = Σ_{j in the block} times_j·e_ij and column_parts[tile, j] = Σ_{i in the tile} times_i·e_ij.
// Stores; accumulate.wgsl adds them in order. Columns of the strip's own rows get their sums as rows.

@group(0) @binding(5) var<storage, read_write> row_parts: array<f32>;
@group(0) @binding(6) var<storage, read_write> column_parts: array<vec4<f32>>;

// Powers of a block times how often its row counts, for the sums of columns; its own sum is stored.
fn summed(block: u32, l: mat4x4<f32>) -> mat4x4<f32> {
  let e = powers(l);
  let place = row + row_of(block);
  let weights = times_from(vector_of(block));
  let sum = weights[0] * e[0] + weights[1] * e[1] + weights[2] * e[2] + weights[3] * e[3];
  if (place < uniforms.rows) {
    let block_vectors = select(2u, 4u, wide);
    let blocks = vectors_in_strip() / block_vectors;
    row_parts[place * blocks + (vector + vector_of(block)) / block_vectors] = sum.x + sum.y + sum.z + sum.w;
  }
  let own = uniforms.first + place;
  return times[own / 4u][own % 4u] * e;
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
  let e0 = summed(0u, block0);
  let e1 = summed(1u, block1);
  let e2 = summed(2u, block2);
  let e3 = summed(3u, block3);
  let e4 = summed(4u, block4);
  let e5 = summed(5u, block5);
  let e6 = summed(6u, block6);
  let e7 = summed(7u, block7);
  if (4u * vector < uniforms.rows) { return; }
  if (rows_a_tile == 8u) {
    store_columns(0u, e0 + e1 + e2 + e3 + e4 + e5 + e6 + e7);
  } else {
    store_columns(0u, e0 + e2 + e4 + e6);
    store_columns(4u, e1 + e3 + e5 + e7);
  }
}
