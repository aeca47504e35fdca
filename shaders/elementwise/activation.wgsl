// The function that follows a product, by `activation` as in unary_forward.wgsl: 0 none, 1 sigmoid, 2 tanh,
// 3 ReLU, 4 leaky ReLU with slope 0.01 below 0.

override activation: u32 = 0u;

fn activated(v: vec4<f32>) -> vec4<f32> {
  switch (activation) {
    case 1u: { return sigmoid(v); }
    case 2u: { return hyperbolic_tangent(v); }
    // Not max(), which makes a number of NaN (webgpu.md, trap 5).
    case 3u: { return select(v, vec4<f32>(0.0), v < vec4<f32>(0.0)); }
    case 4u: { return select(v, 0.01 * v, v < vec4<f32>(0.0)); }
    default: { return v; }
  }
}
