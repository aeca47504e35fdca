// One invocation has 8 rows and 16 columns, or 8 where `wide` is 0: 24 loads of four numbers serve 512
// multiply-adds, as in matmul/tiled.wgsl, whose head says why it is written out. The blocks are its rows.

override shares: u32 = 1u; // of the dispatch, over which the work is dealt out

const rows_a_tile = 8u;

fn row_of(block: u32) -> u32 { return block; }

fn vector_of(block: u32) -> u32 { return 0u; }

// Computes the products of the invocation's tile; false where nothing in it counts.
fn multiply_tile(group: vec3<u32>, groups: vec3<u32>, local: u32) -> bool {
  let thread = spread_thread_index(group, groups, local, shares);
  let tile_vectors = select(2u, 4u, wide);
  let across = vectors_in_strip() / tile_vectors;
  row = 8u * (thread / across);
  vector = thread % across * tile_vectors;
  if (row >= min(uniforms.rows, counted()) || 4u * vector >= counted()) { return false; }
  var p0a = vec4<f32>(0.0);
  var p0b = vec4<f32>(0.0);
  var p0c = vec4<f32>(0.0);
  var p0d = vec4<f32>(0.0);
  var p1a = vec4<f32>(0.0);
  var p1b = vec4<f32>(0.0);
  var p1c = vec4<f32>(0.0);
  var p1d = vec4<f32>(0.0);
  var p2a = vec4<f32>(0.0);
  var p2b = vec4<f32>(0.0);
  var p2c = vec4<f32>(0.0);
  var p2d = vec4<f32>(0.0);
  var p3a = vec4<f32>(0.0);
  var p3b = vec4<f32>(0.0);
  var p3c = vec4<f32>(0.0);
  var p3d = vec4<f32>(0.0);
  var p4a = vec4<f32>(0.0);
  var p4b = vec4<f32>(0.0);
  var p4c = vec4<f32>(0.0);
  var p4d = vec4<f32>(0.0);
  var p5a = vec4<f32>(0.0);
  var p5b = vec4<f32>(0.0);
  var p5c = vec4<f32>(0.0);
  var p5d = vec4<f32>(0.0);
  var p6a = vec4<f32>(0.0);
  var p6b = vec4<f32>(0.0);
  var p6c = vec4<f32>(0.0);
  var p6d = vec4<f32>(0.0);
  var p7a = vec4<f32>(0.0);
  var p7b = vec4<f32>(0.0);
  var p7c = vec4<f32>(0.0);
  var p7d = vec4<f32>(0.0);
  for (var k = 0u; k < 4u * uniforms.vectors; k += 4u) {
    let b0 = columns_at(k, vector);
    let b1 = columns_at(k, vector + 1u);
    let r0 = row_at(0u, k);
    let r1 = row_at(1u, k);
    let r2 = row_at(2u, k);
    let r3 = row_at(3u, k);
    let r4 = row_at(4u, k);
    let r5 = row_at(5u, k);
    let r6 = row_at(6u, k);
    let r7 = row_at(7u, k);
    p0a += b0 * r0;
    p0b += b1 * r0;
    p1a += b0 * r1;
    p1b += b1 * r1;
    p2a += b0 * r2;
    p2b += b1 * r2;
    p3a += b0 * r3;
    p3b += b1 * r3;
    p4a += b0 * r4;
    p4b += b1 * r4;
    p5a += b0 * r5;
    p5b += b1 * r5;
    p6a += b0 * r6;
    p6b += b1 * r6;
    p7a += b0 * r7;
    p7b += b1 * r7;
    if (wide) {
      let b2 = columns_at(k, vector + 2u);
      let b3 = columns_at(k, vector + 3u);
      p0c += b2 * r0;
      p0d += b3 * r0;
      p1c += b2 * r1;
      p1d += b3 * r1;
      p2c += b2 * r2;
      p2d += b3 * r2;
      p3c += b2 * r3;
      p3d += b3 * r3;
      p4c += b2 * r4;
      p4d += b3 * r4;
      p5c += b2 * r5;
      p5d += b3 * r5;
      p6c += b2 * r6;
      p6d += b3 * r6;
      p7c += b2 * r7;
      p7d += b3 * r7;
    }
  }
  block0 = mat4x4<f32>(p0a, p0b, p0c, p0d);
  block1 = mat4x4<f32>(p1a, p1b, p1c, p1d);
  block2 = mat4x4<f32>(p2a, p2b, p2c, p2d);
  block3 = mat4x4<f32>(p3a, p3b, p3c, p3d);
  block4 = mat4x4<f32>(p4a, p4b, p4c, p4d);
  block5 = mat4x4<f32>(p5a, p5b, p5c, p5d);
  block6 = mat4x4<f32>(p6a, p6b, p6c, p6d);
  block7 = mat4x4<f32>(p7a, p7b, p7c, p7d);
  return true;
}
