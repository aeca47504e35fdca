// The gradient of all pairs, by tiles of all_pairs_tile.wgsl: with e as in all_pairs_sums.wgsl and
// g_i = dy_i/Σ_j times_j·e_ij, dx_i = scale·Σ_j w_ij·x_j where w_ij = e_ij·(g_i·times_j + g_j·times_i). A workgroup has
// 64 rows, a range of the columns, and 64 columns of x: a tile of e becomes one of w, which takes the place of the rows
// in workgroup memory and is multiplied there by the columns.
//
// parts[range, i] = Σ_{j in the range} w_ij·x_j. Stores; all_pairs_gradient_sums.wgsl adds the parts in order. There are
// as many ranges as `parts` tiles of rows allow, whose number the step alone knows.

struct Uniforms {
  height: u32, // rows of x
  vectors: u32, // of four numbers in a row of x
  rows_a_node: u32,
  most_tiles: u32, // of rows, in all ranges, at most
  scale: f32,
}

@group(0) @binding(4) var<storage, read> gains: array<f32>; // g, 0 beyond the last row that counts
@group(0) @binding(5) var<storage, read_write> parts: array<vec4<f32>>;

fn weights(e: vec4<f32>, gain: f32, often: f32, t: vec4<f32>, g: vec4<f32>) -> vec4<f32> {
  return e * (gain * t + often * g);
}

fn store(row: u32, column: u32, value: vec4<f32>) {
  if (column < uniforms.vectors) { parts[row * uniforms.vectors + column] = value; }
}

@compute @workgroup_size(128)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let counted = counted_rows();
  let tiles = (counted + side - 1u) / side;
  if (tiles == 0u) { return; }
  let ranges = min(uniforms.most_tiles / tiles, tiles);
  let index = group.y * groups.x + group.x;
  let slice = index / uniforms.most_tiles;
  let tile = index - slice * uniforms.most_tiles; // of all ranges
  let range = tile / tiles;
  if (range >= ranges || slice * quads >= uniforms.vectors) { return; }
  let first_row = (tile - range * tiles) * side;
  let end = (range + 1u) * tiles / ranges;
  let own_row = own_row_of(local);
  let own_column = own_column_of(local);
  let row = first_row + own_row;

  var sum = Registers();
  for (var column_tile = range * tiles / ranges; column_tile < end; column_tile++) {
    let e = powers_of_tile(first_row, column_tile * side, slice, counted, local);
    let column = column_tile * side + own_column;
    let t = vec4<f32>(times[column], times[column + 16u], times[column + 32u], times[column + 48u]);
    let g = vec4<f32>(gains[column], gains[column + 16u], gains[column + 32u], gains[column + 48u]);
    let w0 = weights(e.r0, gains[row], times[row], t, g);
    let w1 = weights(e.r1, gains[row + 8u], times[row + 8u], t, g);
    let w2 = weights(e.r2, gains[row + 16u], times[row + 16u], t, g);
    let w3 = weights(e.r3, gains[row + 24u], times[row + 24u], t, g);
    let w4 = weights(e.r4, gains[row + 32u], times[row + 32u], t, g);
    let w5 = weights(e.r5, gains[row + 40u], times[row + 40u], t, g);
    let w6 = weights(e.r6, gains[row + 48u], times[row + 48u], t, g);
    let w7 = weights(e.r7, gains[row + 56u], times[row + 56u], t, g);
    workgroupBarrier(); // The rows have been read.
    let at = place(own_row, own_column);
    rows_tile[at] = w0;
    rows_tile[at + 128u] = w1;
    rows_tile[at + 256u] = w2;
    rows_tile[at + 384u] = w3;
    rows_tile[at + 512u] = w4;
    rows_tile[at + 640u] = w5;
    rows_tile[at + 768u] = w6;
    rows_tile[at + 896u] = w7;
    workgroupBarrier();
    // A vector of w is of columns that lie 16 apart, and so are the rows that it is multiplied by.
    for (var n = 0u; n < 16u; n += 2u) {
      let at_row = place(own_row, n);
      sum = added_rows(sum, columns_at(place(n, own_column)), at_row);
      sum = added_rows(sum, columns_at(place(n + 1u, own_column)), at_row ^ 1u);
    }
  }

  let stored = tile * side + own_row;
  let vector = slice * quads + own_column;
  store(stored, vector, sum.r0);
  store(stored + 8u, vector, sum.r1);
  store(stored + 16u, vector, sum.r2);
  store(stored + 24u, vector, sum.r3);
  store(stored + 32u, vector, sum.r4);
  store(stored + 40u, vector, sum.r5);
  store(stored + 48u, vector, sum.r6);
  store(stored + 56u, vector, sum.r7);
}
