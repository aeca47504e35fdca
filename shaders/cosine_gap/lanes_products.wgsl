// What products() of blocks.wgsl gives, of the columns that a lane takes, the last of four numbers being none.

fn share_of_products(one: u32, other: u32, lane: u32, end: u32) -> Share {
  var inner = vec4<f32>(0.0);
  var square_a = vec4<f32>(0.0);
  var square_b = vec4<f32>(0.0);
  for (var c = lane; c < end; c += lanes) {
    let p = x[one + c];
    let q = x[other + c];
    inner += p * q;
    square_a += p * p;
    square_b += q * q;
  }
  let ones = vec4<f32>(1.0);
  return vec4<f32>(dot(inner, ones), dot(square_a, ones), dot(square_b, ones), 0.0);
}
