// What the sparse products have in common: Y = alpha·A·X + beta·base, sparse A (rows×columns, in chunks of
// its rows) times dense X (columns×d, d a multiple of 4). Stores (=), or adds (+=) where `accumulate` is 1.
//
// A chunk that is its whole row writes Y; the others write partial sums, which spmm/split_rows.wgsl adds in
// order. The backward pass is the same product with Aᵀ: dX = alpha·Aᵀ·dY, dbase = beta·dY.

override has_base: bool = false;
override has_chosen_count: bool = false; // the chunks that count are the first `chosen_count[0]`
override accumulate: bool = false;

struct Uniforms {
  chunks: u32,
  vectors: u32, // d/4
  lanes: u32, // invocations a chunk, or subgroups
  alpha: f32,
  beta: f32,
}

@group(0) @binding(0) var<storage, read> entries: array<vec2<u32>>; // column, value
@group(0) @binding(1) var<storage, read> chunks: array<vec4<u32>>; // row, start, end, slot
@group(0) @binding(3) var<storage, read> base: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> parts: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> chosen_count: array<u32>;
@group(0) @binding(7) var<uniform> uniforms: Uniforms;

const whole_row = 0xffffffffu;

fn chunks_that_count() -> u32 {
  if (has_chosen_count) { return chosen_count[0]; }
  return uniforms.chunks;
}

fn store(chunk: vec4<u32>, vector: u32, sum: vec4<f32>) {
  if (vector >= uniforms.vectors) { return; }
  if (chunk.w != whole_row) {
    parts[chunk.w * uniforms.vectors + vector] = sum;
    return;
  }
  let at = chunk.x * uniforms.vectors + vector;
  var value = uniforms.alpha * sum;
  if (has_base) { value += uniforms.beta * base[at]; }
  if (accumulate) { value += y[at]; }
  y[at] = value;
}
