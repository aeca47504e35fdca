// What both kernels that merge runs compute, and their operands: order[rank of b] = b, from runs that are sorted by
// row and then by place (sort_runs.wgsl). Stores.
//
// The rank of a place is the one it has in its run, and what comes before it in each other run, by binary search.
// Of equal rows those of earlier runs come first, so the sort is stable.

struct Uniforms {
  count: u32,
}

override run: u32 = 256u;

@group(0) @binding(0) var<storage, read> runs: array<vec2<u32>>; // row, place
@group(0) @binding(1) var<storage, read_write> order: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;
