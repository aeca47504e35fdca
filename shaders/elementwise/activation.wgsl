// The function that follows a product, by `activation`: 0 none, else as bent() counts them.

override activation: u32 = 0u;

fn activated(v: vec4<f32>) -> vec4<f32> {
  return bent(activation, 0.01, v);
}
