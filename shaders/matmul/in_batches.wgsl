// A and B of operands.wgsl as storage buffers, of one product or of several of one shape, whose operands begin at
// different places of them.

override is_batch: bool = false;

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
// Of each product: where its A, B and C begin, in vectors of four, and how many products there are.
@group(0) @binding(6) var<storage, read> starts: array<vec4<u32>>;

var<private> start: vec4<u32>;

fn products() -> u32 {
  if (!is_batch) { return 1u; }
  return starts[0].w;
}

fn begin_product(n: u32) {
  if (is_batch) { start = starts[n]; }
}

fn a_at(n: u32) -> vec4<f32> { return a[start.x + n]; }
fn b_at(n: u32) -> vec4<f32> { return b[start.y + n]; }
fn c_start() -> u32 { return start.z; }
