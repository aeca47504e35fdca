// One invocation has 4 rows and 32 columns. The invocations of a subgroup (`lanes`, at least 8) have the same columns
// and different rows: each loads one four of columns of the eight, and hands it to the others, as in
// matmul/shared.wgsl. No invocation leaves before its subgroup does. The blocks are halves of its rows.

override shares: u32 = 1u; // of the dispatch, over which the work is dealt out
override lanes: u32 = 8u;

const rows_a_tile = 4u;

fn row_of(block: u32) -> u32 { return block / 2u; }

fn vector_of(block: u32) -> u32 { return block % 2u * 4u; }

// Computes the products of the invocation's tile; false where nothing in it counts.
fn multiply_tile(group: vec3<u32>, groups: vec3<u32>, local: u32) -> bool {
  let thread = spread_thread_index(group, groups, local, shares);
  let lane = thread % lanes;
  let tile = thread / lanes;
  let across = vectors_in_strip() / 8u;
  let first_row = 4u * lanes * (tile / across);
  let row_limit = min(uniforms.rows, counted());
  row = first_row + 4u * lane;
  vector = tile % across * 8u;
  if (first_row >= row_limit || 4u * vector >= counted()) { return false; }
  let own_vector = vector + lane % 8u;
  var p0a = vec4<f32>(0.0);
  var p0b = vec4<f32>(0.0);
  var p0c = vec4<f32>(0.0);
  var p0d = vec4<f32>(0.0);
  var p0e = vec4<f32>(0.0);
  var p0f = vec4<f32>(0.0);
  var p0g = vec4<f32>(0.0);
  var p0h = vec4<f32>(0.0);
  var p1a = vec4<f32>(0.0);
  var p1b = vec4<f32>(0.0);
  var p1c = vec4<f32>(0.0);
  var p1d = vec4<f32>(0.0);
  var p1e = vec4<f32>(0.0);
  var p1f = vec4<f32>(0.0);
  var p1g = vec4<f32>(0.0);
  var p1h = vec4<f32>(0.0);
  var p2a = vec4<f32>(0.0);
  var p2b = vec4<f32>(0.0);
  var p2c = vec4<f32>(0.0);
  var p2d = vec4<f32>(0.0);
  var p2e = vec4<f32>(0.0);
  var p2f = vec4<f32>(0.0);
  var p2g = vec4<f32>(0.0);
  var p2h = vec4<f32>(0.0);
  var p3a = vec4<f32>(0.0);
  var p3b = vec4<f32>(0.0);
  var p3c = vec4<f32>(0.0);
  var p3d = vec4<f32>(0.0);
  var p3e = vec4<f32>(0.0);
  var p3f = vec4<f32>(0.0);
  var p3g = vec4<f32>(0.0);
  var p3h = vec4<f32>(0.0);
  for (var k = 0u; k < 4u * uniforms.vectors; k += 4u) {
    let own = columns_at(k, own_vector);
    let r0 = row_at(0u, k);
    let r1 = row_at(1u, k);
    let r2 = row_at(2u, k);
    let r3 = row_at(3u, k);
    let ba = mat4x4<f32>(
      subgroupBroadcast(own[0], 0u),
      subgroupBroadcast(own[1], 0u),
      subgroupBroadcast(own[2], 0u),
      subgroupBroadcast(own[3], 0u),
    );
    p0a += ba * r0;
    p1a += ba * r1;
    p2a += ba * r2;
    p3a += ba * r3;
    let bb = mat4x4<f32>(
      subgroupBroadcast(own[0], 1u),
      subgroupBroadcast(own[1], 1u),
      subgroupBroadcast(own[2], 1u),
      subgroupBroadcast(own[3], 1u),
    );
    p0b += bb * r0;
    p1b += bb * r1;
    p2b += bb * r2;
    p3b += bb * r3;
    let bc = mat4x4<f32>(
      subgroupBroadcast(own[0], 2u),
      subgroupBroadcast(own[1], 2u),
      subgroupBroadcast(own[2], 2u),
      subgroupBroadcast(own[3], 2u),
    );
    p0c += bc * r0;
    p1c += bc * r1;
    p2c += bc * r2;
    p3c += bc * r3;
    let bd = mat4x4<f32>(
      subgroupBroadcast(own[0], 3u),
      subgroupBroadcast(own[1], 3u),
      subgroupBroadcast(own[2], 3u),
      subgroupBroadcast(own[3], 3u),
    );
    p0d += bd * r0;
    p1d += bd * r1;
    p2d += bd * r2;
    p3d += bd * r3;
    let be = mat4x4<f32>(
      subgroupBroadcast(own[0], 4u),
      subgroupBroadcast(own[1], 4u),
      subgroupBroadcast(own[2], 4u),
      subgroupBroadcast(own[3], 4u),
    );
    p0e += be * r0;
    p1e += be * r1;
    p2e += be * r2;
    p3e += be * r3;
    let bf = mat4x4<f32>(
      subgroupBroadcast(own[0], 5u),
      subgroupBroadcast(own[1], 5u),
      subgroupBroadcast(own[2], 5u),
      subgroupBroadcast(own[3], 5u),
    );
    p0f += bf * r0;
    p1f += bf * r1;
    p2f += bf * r2;
    p3f += bf * r3;
    let bg = mat4x4<f32>(
      subgroupBroadcast(own[0], 6u),
      subgroupBroadcast(own[1], 6u),
      subgroupBroadcast(own[2], 6u),
      subgroupBroadcast(own[3], 6u),
    );
    p0g += bg * r0;
    p1g += bg * r1;
    p2g += bg * r2;
    p3g += bg * r3;
    let bh = mat4x4<f32>(
      subgroupBroadcast(own[0], 7u),
      subgroupBroadcast(own[1], 7u),
      subgroupBroadcast(own[2], 7u),
      subgroupBroadcast(own[3], 7u),
    );
    p0h += bh * r0;
    p1h += bh * r1;
    p2h += bh * r2;
    p3h += bh * r3;
  }
  block0 = mat4x4<f32>(p0a, p0b, p0c, p0d);
  block1 = mat4x4<f32>(p0e, p0f, p0g, p0h);
  block2 = mat4x4<f32>(p1a, p1b, p1c, p1d);
  block3 = mat4x4<f32>(p1e, p1f, p1g, p1h);
  block4 = mat4x4<f32>(p2a, p2b, p2c, p2d);
  block5 = mat4x4<f32>(p2e, p2f, p2g, p2h);
  block6 = mat4x4<f32>(p3a, p3b, p3c, p3d);
  block7 = mat4x4<f32>(p3e, p3f, p3g, p3h);
  return row < row_limit;
}
