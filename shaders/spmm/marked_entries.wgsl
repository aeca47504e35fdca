// What both kernels that choose entries compute, and their operands: the entries of each chunk whose column is marked, in
// their order, and the chunk's new end: what a product needs whose other columns meet rows of zeros. Stores.

struct Uniforms {
  chunks: u32,
}

@group(0) @binding(0) var<storage, read> entries: array<vec2<u32>>; // column, value
@group(0) @binding(1) var<storage, read> chunks: array<vec4<u32>>; // row, start, end, slot
@group(0) @binding(2) var<storage, read> marks: array<u32>;
@group(0) @binding(3) var<storage, read> state: StepState;
@group(0) @binding(4) var<storage, read_write> selected: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read_write> shortened: array<vec4<u32>>;
@group(0) @binding(6) var<uniform> uniforms: Uniforms;
