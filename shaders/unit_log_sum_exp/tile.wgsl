// The register tile of all pairs: 8 rows of x against 16 columns of xᵀ, or against 8 where `wide` is 0, as in
// matmul/tiled.wgsl, whose head says why it is written out. One invocation a tile; rows begin at `first`, and so
// do columns: what stands left of them is the mirror image of earlier strips of rows.

override wide: bool = false;
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out

struct Uniforms {
  first: u32, // of the strip
  rows: u32, // of the strip, a multiple of 16 unless it is the last
  height: u32, // rows of x
  padded: u32, // columns of xᵀ, a multiple of 16
  vectors: u32, // of four numbers in a row of x
  rows_a_node: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> turned: array<vec4<f32>>; // xᵀ
@group(0) @binding(3) var<storage, read> times: array<vec4<f32>>; // how often each row counts
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

var<private> row: u32; // the first row of the tile
var<private> vector: u32; // its first four columns
var<private> row_tile: u32; // within the strip
var<private> column_tile: u32; // from `first` on
var<private> s0: mat4x4<f32>; // products of a row with four fours of columns
var<private> s1: mat4x4<f32>;
var<private> s2: mat4x4<f32>;
var<private> s3: mat4x4<f32>;
var<private> s4: mat4x4<f32>;
var<private> s5: mat4x4<f32>;
var<private> s6: mat4x4<f32>;
var<private> s7: mat4x4<f32>;

fn tile_vectors() -> u32 { return select(2u, 4u, wide); }

fn column_tiles() -> u32 {
  return ((uniforms.padded - uniforms.first) / 4u + tile_vectors() - 1u) / tile_vectors();
}

fn rows_in_all() -> u32 { return min(counts[0] * uniforms.rows_a_node, uniforms.height); }

// Whether the tile has rows and columns that count; what it is, from the index of the invocation.
fn place_tile(thread: u32) -> bool {
  let across = column_tiles();
  row_tile = thread / across;
  column_tile = thread % across;
  row = uniforms.first + 8u * row_tile;
  vector = uniforms.first / 4u + column_tile * tile_vectors();
  let all = rows_in_all();
  return 8u * row_tile < uniforms.rows && row < all && 4u * vector < all;
}

// Rows k..k+3 of four columns of xᵀ.
fn columns_at(k: u32, place: u32) -> mat4x4<f32> {
  let stride = uniforms.padded / 4u;
  let at = k * stride + min(place, stride - 1u);
  return mat4x4<f32>(turned[at], turned[at + stride], turned[at + 2u * stride], turned[at + 3u * stride]);
}

fn row_at(n: u32, k: u32) -> vec4<f32> {
  return x[min(row + n, uniforms.height - 1u) * uniforms.vectors + k / 4u];
}

fn multiply_tile() {
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
  s0 = mat4x4<f32>(p0a, p0b, p0c, p0d);
  s1 = mat4x4<f32>(p1a, p1b, p1c, p1d);
  s2 = mat4x4<f32>(p2a, p2b, p2c, p2d);
  s3 = mat4x4<f32>(p3a, p3b, p3c, p3d);
  s4 = mat4x4<f32>(p4a, p4b, p4c, p4d);
  s5 = mat4x4<f32>(p5a, p5b, p5c, p5d);
  s6 = mat4x4<f32>(p6a, p6b, p6c, p6d);
  s7 = mat4x4<f32>(p7a, p7b, p7c, p7d);
}
