// A product in registers whose invocations share what they load; operands.wgsl says of what.
//
// One invocation computes 4 rows × 32 columns of C. The invocations of a subgroup (`lanes`, at least 8) have
// the same columns and different rows: each loads one vector of four of the eight, and hands it to the
// others. So 8 loads of four numbers serve 512 multiply-adds. Twice as fast as tiled.wgsl on lavapipe
// (6,880×64×64: 41 against 21 GFLOP/s), where a load is several instructions for every invocation, and
// handing on is one for the subgroup. No invocation leaves before its subgroup does: others wait for
// what it loads.

override transpose_a: bool = false;
override clear: bool = false;
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out
override lanes: u32 = 8u;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let column_tiles = (uniforms.n / 4u + 7u) / 8u;
  let row_tiles = (uniforms.m + 4u * lanes - 1u) / (4u * lanes);
  let thread = spread_thread_index(group, groups, local, shares);
  let lane = thread % lanes;
  let tile = (thread / lanes) % (column_tiles * row_tiles);
  let split = (thread / lanes) / (column_tiles * row_tiles);
  if (split >= uniforms.splits) { return; }
  let first_row = (tile / column_tiles) * 4u * lanes;
  let row = first_row + 4u * lane;
  let vector = (tile % column_tiles) * 8u;
  let row_limit = limited(uniforms.m, uniforms.m_first);
  if (first_row >= row_limit && !clear) { return; }
  if (vector * 4u >= limited(uniforms.n, uniforms.n_first)) { return; }
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, first_row >= row_limit);
  let k_end = min(k_limit, (split + 1u) * uniforms.part);
  let own_vector = vector + lane % 8u;

  var s0a = vec4<f32>(0.0);
  var s0b = vec4<f32>(0.0);
  var s0c = vec4<f32>(0.0);
  var s0d = vec4<f32>(0.0);
  var s0e = vec4<f32>(0.0);
  var s0f = vec4<f32>(0.0);
  var s0g = vec4<f32>(0.0);
  var s0h = vec4<f32>(0.0);
  var s1a = vec4<f32>(0.0);
  var s1b = vec4<f32>(0.0);
  var s1c = vec4<f32>(0.0);
  var s1d = vec4<f32>(0.0);
  var s1e = vec4<f32>(0.0);
  var s1f = vec4<f32>(0.0);
  var s1g = vec4<f32>(0.0);
  var s1h = vec4<f32>(0.0);
  var s2a = vec4<f32>(0.0);
  var s2b = vec4<f32>(0.0);
  var s2c = vec4<f32>(0.0);
  var s2d = vec4<f32>(0.0);
  var s2e = vec4<f32>(0.0);
  var s2f = vec4<f32>(0.0);
  var s2g = vec4<f32>(0.0);
  var s2h = vec4<f32>(0.0);
  var s3a = vec4<f32>(0.0);
  var s3b = vec4<f32>(0.0);
  var s3c = vec4<f32>(0.0);
  var s3d = vec4<f32>(0.0);
  var s3e = vec4<f32>(0.0);
  var s3f = vec4<f32>(0.0);
  var s3g = vec4<f32>(0.0);
  var s3h = vec4<f32>(0.0);

  for (var k = split * uniforms.part; k < k_end; k += 4u) {
    let own = b_part(k, k_end, own_vector);
    var rows: mat4x4<f32>; // four rows of op(A) at k..k+3
    if (transpose_a) {
      rows = a_transposed(k, k_end, row / 4u);
    } else {
      rows = mat4x4<f32>(a_row(k, row), a_row(k, row + 1u), a_row(k, row + 2u), a_row(k, row + 3u));
    }
    let ba = mat4x4<f32>(
      subgroupBroadcast(own[0], 0u),
      subgroupBroadcast(own[1], 0u),
      subgroupBroadcast(own[2], 0u),
      subgroupBroadcast(own[3], 0u),
    );
    s0a += ba * rows[0];
    s1a += ba * rows[1];
    s2a += ba * rows[2];
    s3a += ba * rows[3];
    let bb = mat4x4<f32>(
      subgroupBroadcast(own[0], 1u),
      subgroupBroadcast(own[1], 1u),
      subgroupBroadcast(own[2], 1u),
      subgroupBroadcast(own[3], 1u),
    );
    s0b += bb * rows[0];
    s1b += bb * rows[1];
    s2b += bb * rows[2];
    s3b += bb * rows[3];
    let bc = mat4x4<f32>(
      subgroupBroadcast(own[0], 2u),
      subgroupBroadcast(own[1], 2u),
      subgroupBroadcast(own[2], 2u),
      subgroupBroadcast(own[3], 2u),
    );
    s0c += bc * rows[0];
    s1c += bc * rows[1];
    s2c += bc * rows[2];
    s3c += bc * rows[3];
    let bd = mat4x4<f32>(
      subgroupBroadcast(own[0], 3u),
      subgroupBroadcast(own[1], 3u),
      subgroupBroadcast(own[2], 3u),
      subgroupBroadcast(own[3], 3u),
    );
    s0d += bd * rows[0];
    s1d += bd * rows[1];
    s2d += bd * rows[2];
    s3d += bd * rows[3];
    let be = mat4x4<f32>(
      subgroupBroadcast(own[0], 4u),
      subgroupBroadcast(own[1], 4u),
      subgroupBroadcast(own[2], 4u),
      subgroupBroadcast(own[3], 4u),
    );
    s0e += be * rows[0];
    s1e += be * rows[1];
    s2e += be * rows[2];
    s3e += be * rows[3];
    let bf = mat4x4<f32>(
      subgroupBroadcast(own[0], 5u),
      subgroupBroadcast(own[1], 5u),
      subgroupBroadcast(own[2], 5u),
      subgroupBroadcast(own[3], 5u),
    );
    s0f += bf * rows[0];
    s1f += bf * rows[1];
    s2f += bf * rows[2];
    s3f += bf * rows[3];
    let bg = mat4x4<f32>(
      subgroupBroadcast(own[0], 6u),
      subgroupBroadcast(own[1], 6u),
      subgroupBroadcast(own[2], 6u),
      subgroupBroadcast(own[3], 6u),
    );
    s0g += bg * rows[0];
    s1g += bg * rows[1];
    s2g += bg * rows[2];
    s3g += bg * rows[3];
    let bh = mat4x4<f32>(
      subgroupBroadcast(own[0], 7u),
      subgroupBroadcast(own[1], 7u),
      subgroupBroadcast(own[2], 7u),
      subgroupBroadcast(own[3], 7u),
    );
    s0h += bh * rows[0];
    s1h += bh * rows[1];
    s2h += bh * rows[2];
    s3h += bh * rows[3];
  }

  if (row >= row_limit) {
    if (!clear) { return; }
    s0a = vec4<f32>(0.0);
    s0b = vec4<f32>(0.0);
    s0c = vec4<f32>(0.0);
    s0d = vec4<f32>(0.0);
    s0e = vec4<f32>(0.0);
    s0f = vec4<f32>(0.0);
    s0g = vec4<f32>(0.0);
    s0h = vec4<f32>(0.0);
    s1a = vec4<f32>(0.0);
    s1b = vec4<f32>(0.0);
    s1c = vec4<f32>(0.0);
    s1d = vec4<f32>(0.0);
    s1e = vec4<f32>(0.0);
    s1f = vec4<f32>(0.0);
    s1g = vec4<f32>(0.0);
    s1h = vec4<f32>(0.0);
    s2a = vec4<f32>(0.0);
    s2b = vec4<f32>(0.0);
    s2c = vec4<f32>(0.0);
    s2d = vec4<f32>(0.0);
    s2e = vec4<f32>(0.0);
    s2f = vec4<f32>(0.0);
    s2g = vec4<f32>(0.0);
    s2h = vec4<f32>(0.0);
    s3a = vec4<f32>(0.0);
    s3b = vec4<f32>(0.0);
    s3c = vec4<f32>(0.0);
    s3d = vec4<f32>(0.0);
    s3e = vec4<f32>(0.0);
    s3f = vec4<f32>(0.0);
    s3g = vec4<f32>(0.0);
    s3h = vec4<f32>(0.0);
  }
  // Row after row, each moving up to where the first is stored: code for one row, not for four, is what
  // a driver has to compile.
  for (var n = row; n < min(row + 4u, uniforms.m); n++) {
    store(n, vector + 0u, split, s0a);
    store(n, vector + 1u, split, s0b);
    store(n, vector + 2u, split, s0c);
    store(n, vector + 3u, split, s0d);
    store(n, vector + 4u, split, s0e);
    store(n, vector + 5u, split, s0f);
    store(n, vector + 6u, split, s0g);
    store(n, vector + 7u, split, s0h);
    s0a = s1a;
    s0b = s1b;
    s0c = s1c;
    s0d = s1d;
    s0e = s1e;
    s0f = s1f;
    s0g = s1g;
    s0h = s1h;
    s1a = s2a;
    s1b = s2b;
    s1c = s2c;
    s1d = s2d;
    s1e = s2e;
    s1f = s2f;
    s1g = s2g;
    s1h = s2h;
    s2a = s3a;
    s2b = s3b;
    s2c = s3c;
    s2d = s3d;
    s2e = s3e;
    s2f = s3f;
    s2g = s3g;
    s2h = s3h;
  }
}
