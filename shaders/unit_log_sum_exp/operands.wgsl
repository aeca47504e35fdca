// The products of a tile of pairs, x_i·x_j: tile.wgsl and shared_tile.wgsl compute them in registers, sums.wgsl and
// weights.wgsl say what becomes of them there. Rows and columns begin at `first`, that of a strip of rows: what stands
// left of it is the mirror image of earlier strips.
//
// A tile is eight blocks, each a row and four fours of columns (two where `wide` is 0).

override wide: bool = false;

struct Uniforms {
  first: u32, // of the strip
  rows: u32, // of the strip, a multiple of 32 unless it is the last
  height: u32, // rows of x
  padded: u32, // columns of xᵀ, a multiple of 32
  vectors: u32, // of four numbers in a row of x
  rows_a_node: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> turned: array<vec4<f32>>; // xᵀ
@group(0) @binding(3) var<storage, read> times: array<vec4<f32>>; // how often each row counts
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

var<private> row: u32; // the first row of the tile, within the strip
var<private> vector: u32; // its first four columns, from those of the strip on
var<private> block0: mat4x4<f32>;
var<private> block1: mat4x4<f32>;
var<private> block2: mat4x4<f32>;
var<private> block3: mat4x4<f32>;
var<private> block4: mat4x4<f32>;
var<private> block5: mat4x4<f32>;
var<private> block6: mat4x4<f32>;
var<private> block7: mat4x4<f32>;

fn vectors_in_strip() -> u32 { return (uniforms.padded - uniforms.first) / 4u; }

// How many rows count, from the strip's first on.
fn counted() -> u32 {
  let all = min(counts[0] * uniforms.rows_a_node, uniforms.height);
  return max(all, uniforms.first) - uniforms.first;
}

// Rows k..k+3 of four columns of xᵀ.
fn columns_at(k: u32, place: u32) -> mat4x4<f32> {
  let stride = uniforms.padded / 4u;
  let at = k * stride + uniforms.first / 4u + place;
  return mat4x4<f32>(turned[at], turned[at + stride], turned[at + 2u * stride], turned[at + 3u * stride]);
}

fn row_at(n: u32, k: u32) -> vec4<f32> {
  return x[min(uniforms.first + row + n, uniforms.height - 1u) * uniforms.vectors + k / 4u];
}

// exp(scale·(l − 1)), within [exp(−2·scale), 1] for cosines.
fn powers_of(l: vec4<f32>) -> vec4<f32> {
  return exp(uniforms.scale * (l - vec4<f32>(1.0)));
}

fn powers(l: mat4x4<f32>) -> mat4x4<f32> {
  if (wide) { return mat4x4<f32>(powers_of(l[0]), powers_of(l[1]), powers_of(l[2]), powers_of(l[3])); }
  return mat4x4<f32>(powers_of(l[0]), powers_of(l[1]), vec4<f32>(0.0), vec4<f32>(0.0));
}

// How often the columns of a block count, `n` fours of columns into the tile.
fn times_from(n: u32) -> mat4x4<f32> {
  let at = uniforms.first / 4u + vector + n;
  if (wide) { return mat4x4<f32>(times[at], times[at + 1u], times[at + 2u], times[at + 3u]); }
  return mat4x4<f32>(times[at], times[at + 1u], vec4<f32>(0.0), vec4<f32>(0.0));
}
