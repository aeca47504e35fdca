// What both kernels that choose chunks compute, and their operands: the chunks of marked rows, which are what a product
// needs whose other rows nobody reads, and in selected_count, which each declares itself, their number.

struct Uniforms {
  chunks: u32,
}

@group(0) @binding(0) var<storage, read> chunks: array<vec4<u32>>; // row, start, end, slot
@group(0) @binding(1) var<storage, read> marks: array<u32>;
@group(0) @binding(2) var<storage, read> state: StepState;
@group(0) @binding(3) var<storage, read_write> selected: array<vec4<u32>>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;
