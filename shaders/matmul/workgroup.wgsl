// A product by tiles in workgroup memory; operands.wgsl says of what.
//
// A workgroup of 256 computes 64 rows × 64 columns of C, each invocation 4×4 of them in registers. 32 numbers of k
// at a time, 128 invocations load op(A) and 128 op(B), a block of 4×4 each; while a tile is multiplied, the next one
// is on its way into registers. Each number that is loaded serves 64 multiply-adds. In workgroup memory
// a tile lies by k, and the vectors of four rows (or columns) of k stand in an order that is exchanged by bits of k, so
// that neither writing nor reading meets in a bank. Written out four k at a time: wgpu bounds each loop by a counter.
// Workgroups of several products stand one after the other (in_batches.wgsl); their parts lie by the parts of
// k, and those of a part by products.

override transpose_a: bool = false;
override clear: bool = false;

const depth = 32u; // of a tile, in k
const side = 64u; // of a tile of C

var<workgroup> a_tile: array<vec4<f32>, 512>;
var<workgroup> b_tile: array<vec4<f32>, 512>;

// Where the vector of k = 4·quad + n stands.
fn place(quad: u32, n: u32, vector: u32) -> u32 {
  return (quad * 4u + n) * 16u + (vector ^ quad);
}

// op(A) (or op(B)) at k..k+3, a vector of four rows (or columns) for each k; zeros beyond the end.
fn loaded(is_a: bool, k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  if (k >= k_end) { return mat4x4<f32>(); }
  if (!is_a) { return b_part(k, k_end, vector); }
  if (transpose_a) { return transpose(a_transposed(k, k_end, vector)); }
  let row = vector * 4u;
  return transpose(
    mat4x4<f32>(a_row(k, row), a_row(k, row + 1u), a_row(k, row + 2u), a_row(k, row + 3u)),
  );
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let column_tiles = (uniforms.n + side - 1u) / side;
  let row_tiles = (uniforms.m + side - 1u) / side;
  let index = group.y * groups.x + group.x;
  let turn = index / (column_tiles * row_tiles);
  let product = turn / uniforms.splits;
  if (product >= products()) { return; }
  begin_product(product);
  let split = turn - product * uniforms.splits;
  let stored_part = select(0u, split * products() + product, uniforms.splits > 1u);
  let tile = index - turn * (column_tiles * row_tiles);
  let tile_row = tile / column_tiles;
  let first_row = tile_row * side;
  let first_column = (tile - tile_row * column_tiles) * side;
  let row_limit = limited(uniforms.m, uniforms.m_first);
  let column_limit = limited(uniforms.n, uniforms.n_first);
  if (first_row >= row_limit && !clear) { return; }
  if (first_column >= column_limit) { return; }
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, first_row >= row_limit);
  let k_end = min(k_limit, (split + 1u) * uniforms.part);

  // Neighbours load what lies beside each other: vectors where rows are those of k, else numbers of k.
  let is_a = local < 128u;
  let by_vector = select(!transpose_b, transpose_a, is_a);
  let loader = local & 127u;
  let load_quad = select(loader & 7u, loader / 16u, by_vector);
  let load_vector = select(loader / 8u, loader & 15u, by_vector);
  let load_first = select(first_column, first_row, is_a) / 4u + load_vector;
  let own_row = local / 16u; // vectors of four
  let own_column = local & 15u;

  var s0 = vec4<f32>(0.0);
  var s1 = vec4<f32>(0.0);
  var s2 = vec4<f32>(0.0);
  var s3 = vec4<f32>(0.0);
  let k_start = split * uniforms.part;
  var next = loaded(is_a, k_start + load_quad * 4u, k_end, load_first);
  for (var k = k_start; k < k_end; k += depth) {
    workgroupBarrier();
    if (is_a) {
      a_tile[place(load_quad, 0u, load_vector)] = next[0];
      a_tile[place(load_quad, 1u, load_vector)] = next[1];
      a_tile[place(load_quad, 2u, load_vector)] = next[2];
      a_tile[place(load_quad, 3u, load_vector)] = next[3];
    } else {
      b_tile[place(load_quad, 0u, load_vector)] = next[0];
      b_tile[place(load_quad, 1u, load_vector)] = next[1];
      b_tile[place(load_quad, 2u, load_vector)] = next[2];
      b_tile[place(load_quad, 3u, load_vector)] = next[3];
    }
    workgroupBarrier();
    next = loaded(is_a, k + depth + load_quad * 4u, k_end, load_first);
    for (var quad = 0u; quad < depth / 4u; quad++) {
      let a0 = a_tile[place(quad, 0u, own_row)];
      let a1 = a_tile[place(quad, 1u, own_row)];
      let a2 = a_tile[place(quad, 2u, own_row)];
      let a3 = a_tile[place(quad, 3u, own_row)];
      let b0 = b_tile[place(quad, 0u, own_column)];
      let b1 = b_tile[place(quad, 1u, own_column)];
      let b2 = b_tile[place(quad, 2u, own_column)];
      let b3 = b_tile[place(quad, 3u, own_column)];
      // One by one, each product and its sum are one operation of a GPU.
      s0 += a0.x * b0;
      s0 += a1.x * b1;
      s0 += a2.x * b2;
      s0 += a3.x * b3;
      s1 += a0.y * b0;
      s1 += a1.y * b1;
      s1 += a2.y * b2;
      s1 += a3.y * b3;
      s2 += a0.z * b0;
      s2 += a1.z * b1;
      s2 += a2.z * b2;
      s2 += a3.z * b3;
      s3 += a0.w * b0;
      s3 += a1.w * b1;
      s3 += a2.w * b2;
      s3 += a3.w * b3;
    }
  }

  let row = first_row + own_row * 4u;
  let vector = first_column / 4u + own_column;
  if (vector * 4u >= column_limit) { return; }
  let is_beyond = row >= row_limit;
  if (is_beyond && !clear) { return; }
  if (is_beyond) {
    s0 = vec4<f32>(0.0);
    s1 = vec4<f32>(0.0);
    s2 = vec4<f32>(0.0);
    s3 = vec4<f32>(0.0);
  }
  if (row < uniforms.m) { store(row, vector, stored_part, s0); }
  if (row + 1u < uniforms.m) { store(row + 1u, vector, stored_part, s1); }
  if (row + 2u < uniforms.m) { store(row + 2u, vector, stored_part, s2); }
  if (row + 3u < uniforms.m) { store(row + 3u, vector, stored_part, s3); }
}
