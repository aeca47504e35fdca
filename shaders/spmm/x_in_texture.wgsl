// X of operands.wgsl read through a texture (gpu/texture.ts), which costs lavapipe a third of the loads from a
// storage buffer (bench/RESULTS.md).

@group(0) @binding(2) var x: texture_storage_2d<rgba32float, read>;

fn x_at(n: u32) -> vec4<f32> { return textureLoad(x, texel(n)); }
