// A and B of operands.wgsl read through textures (gpu/texture.ts), which costs lavapipe a third of the loads from
// storage buffers (bench/RESULTS.md).

@group(0) @binding(0) var a: texture_storage_2d<rgba32float, read>;
@group(0) @binding(1) var b: texture_storage_2d<rgba32float, read>;

fn a_at(n: u32) -> vec4<f32> { return textureLoad(a, texel(n)); }
fn b_at(n: u32) -> vec4<f32> { return textureLoad(b, texel(n)); }
fn c_start() -> u32 { return 0u; }
