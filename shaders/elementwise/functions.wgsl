// Functions that drivers compute badly, written out (webgpu.md, trap 7), for vectors of four.

fn sigmoid(v: vec4<f32>) -> vec4<f32> {
  // The exponent is never positive, so nothing overflows.
  let e = exp(-abs(v));
  let one = vec4<f32>(1.0);
  return select(e, one, v >= vec4<f32>(0.0)) / (one + e);
}

fn hyperbolic_tangent(v: vec4<f32>) -> vec4<f32> {
  let square = v * v;
  let near = v * (1.0 + square * (-1.0 / 3.0 + square * (2.0 / 15.0 - square * (17.0 / 315.0))));
  let e = exp(-2.0 * abs(v));
  let far = sign(v) * (1.0 - e) / (1.0 + e);
  return select(far, near, square < vec4<f32>(0.02));
}

// 1 sigmoid, 2 tanh, 3 ReLU, 4 leaky ReLU with a slope below 0; any other leaves v as it is.
fn bent(which: u32, slope: f32, v: vec4<f32>) -> vec4<f32> {
  switch (which) {
    case 1u: { return sigmoid(v); }
    case 2u: { return hyperbolic_tangent(v); }
    // Not max(), which makes a number of NaN (webgpu.md, trap 5).
    case 3u: { return select(v, vec4<f32>(0.0), v < vec4<f32>(0.0)); }
    case 4u: { return select(v, slope * v, v < vec4<f32>(0.0)); }
    default: { return v; }
  }
}
