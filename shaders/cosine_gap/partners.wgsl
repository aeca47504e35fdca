// What both backward kernels compute, and their operands beside those of blocks.wgsl. With g = 2·factor·(cos − 1)·dy,
// for each block a and all blocks b that it is compared with, its partners:
//   da_r += g·(b_r/(‖a‖‖b‖) − cos·a_r/‖a‖²). Adds (+=).

override blocks: u32 = 1u;
override most_partners: u32 = 1u;

@group(0) @binding(2) var<storage, read> starts: array<u32>; // the first vector of each block
// The first vectors of what each block is compared with, `most_partners` numbers a block, of which the last ones are
// 2³²−1 for those that have fewer.
@group(0) @binding(3) var<storage, read> partners: array<u32>;
@group(0) @binding(4) var<storage, read> dy: array<f32>;
@group(0) @binding(5) var<storage, read_write> dx: array<vec4<f32>>;
