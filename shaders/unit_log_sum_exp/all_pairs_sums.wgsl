// The sums of all pairs, by tiles of all_pairs_tile.wgsl: with e = exp(scale·(x_i·x_j − 1)),
//   parts[band, i] = Σ_{j in the band} times_j·e_ij.
// Stores; all_pairs_logs.wgsl adds the parts in order. The rows that count are cut in bands of whole tiles, and a
// workgroup has the tiles of a pair of bands: e is symmetric, so it gives the parts of both. Each pair is there once:
// a band with itself and with the following half of them, in a circle.

struct Uniforms {
  height: u32, // rows of x
  padded: u32, // the same, up to a multiple of 64
  vectors: u32, // of four numbers in a row of x
  rows_a_node: u32,
  bands: u32, // at most
  scale: f32,
}

@group(0) @binding(4) var<storage, read_write> parts: array<f32>;

@compute @workgroup_size(128)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let counted = counted_rows();
  let tiles = (counted + side - 1u) / side;
  let bands = min(uniforms.bands, tiles);
  if (bands == 0u) { return; }
  let index = group.y * groups.x + group.x;
  let apart = index / bands;
  let band = index - apart * bands;
  if (2u * apart > bands || (2u * apart == bands && 2u * band >= bands)) { return; }
  let other = (band + apart) % bands;
  let first_tile = band * tiles / bands;
  let end_tile = (band + 1u) * tiles / bands;
  let other_first = other * tiles / bands;
  let other_end = (other + 1u) * tiles / bands;
  let own_row = own_row_of(local);
  let own_column = own_column_of(local);

  for (var row_tile = first_tile; row_tile < end_tile; row_tile++) {
    let row = row_tile * side + own_row;
    let upper_times = vec4<f32>(times[row], times[row + 8u], times[row + 16u], times[row + 24u]);
    let lower_times =
      vec4<f32>(times[row + 32u], times[row + 40u], times[row + 48u], times[row + 56u]);
    var upper = vec4<f32>(0.0);
    var lower = vec4<f32>(0.0);
    for (var column_tile = other_first; column_tile < other_end; column_tile++) {
      let e = powers_of_tile(row_tile * side, column_tile * side, 0u, counted, local);
      let column = column_tile * side + own_column;
      let t = vec4<f32>(times[column], times[column + 16u], times[column + 32u], times[column + 48u]);
      upper += vec4<f32>(dot(e.r0, t), dot(e.r1, t), dot(e.r2, t), dot(e.r3, t));
      lower += vec4<f32>(dot(e.r4, t), dot(e.r5, t), dot(e.r6, t), dot(e.r7, t));
      if (apart == 0u) { continue; }
      // The sums of columns, of whose rows each of eight invocations has its own.
      workgroupBarrier();
      columns_tile[own_row * 16u + own_column] =
        upper_times.x * e.r0 + upper_times.y * e.r1 + upper_times.z * e.r2 + upper_times.w * e.r3 +
        lower_times.x * e.r4 + lower_times.y * e.r5 + lower_times.z * e.r6 + lower_times.w * e.r7;
      workgroupBarrier();
      if (local < 16u) {
        var sum = columns_tile[local];
        for (var n = 1u; n < 8u; n++) { sum += columns_tile[n * 16u + local]; }
        let at = band * uniforms.padded + column_tile * side + local;
        // The same invocation has stored what it adds to.
        if (row_tile > first_tile) {
          sum += vec4<f32>(parts[at], parts[at + 16u], parts[at + 32u], parts[at + 48u]);
        }
        parts[at] = sum.x;
        parts[at + 16u] = sum.y;
        parts[at + 32u] = sum.z;
        parts[at + 48u] = sum.w;
      }
    }
    // The sums of rows, of whose columns each of sixteen invocations has its own.
    workgroupBarrier();
    columns_tile[own_column * 16u + own_row] = upper;
    columns_tile[own_column * 16u + own_row + 8u] = lower;
    workgroupBarrier();
    if (local < 16u) {
      var sum = columns_tile[local];
      for (var n = 1u; n < 16u; n++) { sum += columns_tile[n * 16u + local]; }
      let at = other * uniforms.padded + row_tile * side + (local & 7u) + (local >> 3u) * 32u;
      parts[at] = sum.x;
      parts[at + 8u] = sum.y;
      parts[at + 16u] = sum.z;
      parts[at + 24u] = sum.w;
    }
  }
}
