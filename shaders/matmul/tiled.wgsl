// A product in registers; operands.wgsl says of what.
//
// One invocation computes 8 rows × 8 columns of C in registers, or 8×16 where `wide` is 1: 16 loads of
// four numbers serve 256 multiply-adds, or 24 serve 512, and no workgroup memory is touched. Wide is a
// fifth faster on lavapipe, where loads are dear; a GPU has too few registers for it. Written out, because
// drivers keep arrays that loops index in memory: four times slower on lavapipe.

override transpose_a: bool = false;
override clear: bool = false;
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out
override wide: bool = false;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let tile_vectors = select(2u, 4u, wide);
  let column_tiles = (uniforms.n / 4u + tile_vectors - 1u) / tile_vectors;
  let row_tiles = (uniforms.m + 7u) / 8u;
  let thread = spread_thread_index(group, groups, local, shares);
  let tile = thread % (column_tiles * row_tiles);
  let split = thread / (column_tiles * row_tiles);
  if (split >= uniforms.splits) { return; }
  let row = (tile / column_tiles) * 8u;
  let vector = (tile % column_tiles) * tile_vectors;
  let is_beyond = row >= limited(uniforms.m, uniforms.m_first);
  if (is_beyond && !clear) { return; }
  if (vector * 4u >= limited(uniforms.n, uniforms.n_first)) { return; }
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, is_beyond);
  let k_end = min(k_limit, (split + 1u) * uniforms.part);

  var s0a = vec4<f32>(0.0);
  var s0b = vec4<f32>(0.0);
  var s0c = vec4<f32>(0.0);
  var s0d = vec4<f32>(0.0);
  var s1a = vec4<f32>(0.0);
  var s1b = vec4<f32>(0.0);
  var s1c = vec4<f32>(0.0);
  var s1d = vec4<f32>(0.0);
  var s2a = vec4<f32>(0.0);
  var s2b = vec4<f32>(0.0);
  var s2c = vec4<f32>(0.0);
  var s2d = vec4<f32>(0.0);
  var s3a = vec4<f32>(0.0);
  var s3b = vec4<f32>(0.0);
  var s3c = vec4<f32>(0.0);
  var s3d = vec4<f32>(0.0);
  var s4a = vec4<f32>(0.0);
  var s4b = vec4<f32>(0.0);
  var s4c = vec4<f32>(0.0);
  var s4d = vec4<f32>(0.0);
  var s5a = vec4<f32>(0.0);
  var s5b = vec4<f32>(0.0);
  var s5c = vec4<f32>(0.0);
  var s5d = vec4<f32>(0.0);
  var s6a = vec4<f32>(0.0);
  var s6b = vec4<f32>(0.0);
  var s6c = vec4<f32>(0.0);
  var s6d = vec4<f32>(0.0);
  var s7a = vec4<f32>(0.0);
  var s7b = vec4<f32>(0.0);
  var s7c = vec4<f32>(0.0);
  var s7d = vec4<f32>(0.0);

  for (var k = split * uniforms.part; k < k_end; k += 4u) {
    let b0 = b_part(k, k_end, vector);
    let b1 = b_part(k, k_end, vector + 1u);
    var upper: mat4x4<f32>; // four rows of op(A) at k..k+3
    var lower: mat4x4<f32>;
    if (transpose_a) {
      upper = a_transposed(k, k_end, row / 4u);
      lower = a_transposed(k, k_end, row / 4u + 1u);
    } else {
      upper = mat4x4<f32>(a_row(k, row), a_row(k, row + 1u), a_row(k, row + 2u), a_row(k, row + 3u));
      lower = mat4x4<f32>(
        a_row(k, row + 4u),
        a_row(k, row + 5u),
        a_row(k, row + 6u),
        a_row(k, row + 7u),
      );
    }
    s0a += b0 * upper[0];
    s0b += b1 * upper[0];
    s1a += b0 * upper[1];
    s1b += b1 * upper[1];
    s2a += b0 * upper[2];
    s2b += b1 * upper[2];
    s3a += b0 * upper[3];
    s3b += b1 * upper[3];
    s4a += b0 * lower[0];
    s4b += b1 * lower[0];
    s5a += b0 * lower[1];
    s5b += b1 * lower[1];
    s6a += b0 * lower[2];
    s6b += b1 * lower[2];
    s7a += b0 * lower[3];
    s7b += b1 * lower[3];
    if (wide) {
      let b2 = b_part(k, k_end, vector + 2u);
      let b3 = b_part(k, k_end, vector + 3u);
      s0c += b2 * upper[0];
      s0d += b3 * upper[0];
      s1c += b2 * upper[1];
      s1d += b3 * upper[1];
      s2c += b2 * upper[2];
      s2d += b3 * upper[2];
      s3c += b2 * upper[3];
      s3d += b3 * upper[3];
      s4c += b2 * lower[0];
      s4d += b3 * lower[0];
      s5c += b2 * lower[1];
      s5d += b3 * lower[1];
      s6c += b2 * lower[2];
      s6d += b3 * lower[2];
      s7c += b2 * lower[3];
      s7d += b3 * lower[3];
    }
  }

  // Row after row, each moving up to where the first is stored: code for one row, not for eight, is what
  // a driver has to compile.
  for (var n = row; n < min(row + 8u, uniforms.m); n++) {
    store(n, vector, split, s0a);
    store(n, vector + 1u, split, s0b);
    s0a = s1a;
    s0b = s1b;
    s1a = s2a;
    s1b = s2b;
    s2a = s3a;
    s2b = s3b;
    s3a = s4a;
    s3b = s4b;
    s4a = s5a;
    s4b = s5b;
    s5a = s6a;
    s5b = s6b;
    s6a = s7a;
    s6b = s7b;
    if (wide) {
      store(n, vector + 2u, split, s0c);
      store(n, vector + 3u, split, s0d);
      s0c = s1c;
      s0d = s1d;
      s1c = s2c;
      s1d = s2d;
      s2c = s3c;
      s2d = s3d;
      s3c = s4c;
      s3d = s4d;
      s4c = s5c;
      s4d = s5d;
      s5c = s6c;
      s5d = s6d;
      s6c = s7c;
      s6d = s7d;
    }
  }
}
