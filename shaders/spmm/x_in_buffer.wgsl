// X of operands.wgsl as a storage buffer.

@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;

fn x_at(n: u32) -> vec4<f32> { return x[n]; }
