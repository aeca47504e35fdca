// The components of a vector of four, one by one.
const components = vec4<u32>(0u, 1u, 2u, 3u);

fn with_component(values: vec4<f32>, component: u32, value: f32) -> vec4<f32> {
  return select(values, vec4<f32>(value), components == vec4<u32>(component));
}
