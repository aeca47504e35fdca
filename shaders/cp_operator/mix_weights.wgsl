// parts[s, i, j] = Σ_{r in part s} Σ_c x_i[r, c]·dy_j[r, c]: the gradient of mix.wgsl's w. Stores;
// reduce/combine.wgsl adds the parts in order. One invocation a part and number of w.

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a block's row
  blocks_in: u32,
  blocks_out: u32,
  part: u32, // rows of a part
  splits: u32,
  is_transposed: u32, // whether w is stored out×in
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> dy: array<Element>;
@group(0) @binding(2) var<storage, read_write> parts: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let size = uniforms.blocks_in * uniforms.blocks_out;
  let split = thread / size;
  if (split >= uniforms.splits) { return; }
  let place = thread % size;
  var i = place / uniforms.blocks_out;
  var j = place % uniforms.blocks_out;
  if (uniforms.is_transposed == 1u) {
    i = place % uniforms.blocks_in;
    j = place / uniforms.blocks_in;
  }
  let end = min(uniforms.rows, (split + 1u) * uniforms.part);
  var sum = Element();
  for (var row = split * uniforms.part; row < end; row++) {
    let one = (row * uniforms.blocks_in + i) * uniforms.columns;
    let other = (row * uniforms.blocks_out + j) * uniforms.columns;
    for (var c = 0u; c < uniforms.columns; c++) { sum += x[one + c] * dy[other + c]; }
  }
  parts[thread] = total(sum);
}
