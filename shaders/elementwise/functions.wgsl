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

// Which numbers are below 0, by their bits: a driver may take select(v, 0, v < 0) for max(v, 0), and then NaN
// becomes 0 (NVIDIA's does; webgpu.md, trap 5).
fn is_negative(v: vec4<f32>) -> vec4<bool> {
  let bits = bitcast<vec4<u32>>(v);
  return (bits > vec4<u32>(0x80000000u)) & (bits <= vec4<u32>(0xff800000u));
}

// Chromium's driver gives a number as exp(NaN).
fn exponential(v: vec4<f32>) -> vec4<f32> {
  let is_nan = (bitcast<vec4<u32>>(v) & vec4<u32>(0x7fffffffu)) > vec4<u32>(0x7f800000u);
  return select(exp(v), v, is_nan);
}

// 1 sigmoid, 2 tanh, 3 ReLU, 4 leaky ReLU with a slope below 0; any other leaves v as it is.
fn bent(which: u32, slope: f32, v: vec4<f32>) -> vec4<f32> {
  switch (which) {
    case 1u: { return sigmoid(v); }
    case 2u: { return hyperbolic_tangent(v); }
    case 3u: { return select(v, vec4<f32>(0.0), is_negative(v)); }
    case 4u: { return select(v, slope * v, is_negative(v)); }
    default: { return v; }
  }
}
