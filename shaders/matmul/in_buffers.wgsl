// A and B of operands.wgsl as storage buffers.

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;

fn a_at(n: u32) -> vec4<f32> { return a[n]; }
fn b_at(n: u32) -> vec4<f32> { return b[n]; }
fn c_start() -> u32 { return 0u; }
