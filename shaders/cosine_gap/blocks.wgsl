// Pairs of blocks of columns of x, as cosine_gap compares them. Vectors of four columns.

struct Uniforms {
  rows: u32,
  vectors: u32, // of a block
  stride: u32, // vectors of a row of x
  first: u32, // what this launch goes through: pairs, or partners of each block
  end: u32,
  factor: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<uniform> uniforms: Uniforms;

// a·b, ‖a‖² and ‖b‖² of two blocks, by their first vectors.
fn products(one: u32, other: u32) -> vec3<f32> {
  var inner = vec4<f32>(0.0);
  var square_a = vec4<f32>(0.0);
  var square_b = vec4<f32>(0.0);
  for (var c = 0u; c < uniforms.vectors; c++) {
    let p = x[one + c];
    let q = x[other + c];
    inner += p * q;
    square_a += p * p;
    square_b += q * q;
  }
  let ones = vec4<f32>(1.0);
  return vec3<f32>(dot(inner, ones), dot(square_a, ones), dot(square_b, ones));
}
