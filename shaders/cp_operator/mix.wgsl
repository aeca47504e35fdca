// y_j[r, c] = Σ_i w[i, j]·x_i[r, c] for blocks i and j of columns: mixes blocks, and leaves columns alone.
// Stores (=), or adds (+=) where `accumulate` is 1. With w transposed it is its own backward pass. One
// invocation an Element of y.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a block's row
  blocks_in: u32,
  blocks_out: u32,
  w_in: u32, // numbers between w[i, j] and w[i+1, j]
  w_out: u32, // numbers between w[i, j] and w[i, j+1]
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  let row_size = uniforms.columns * uniforms.blocks_out;
  let row = at / row_size;
  if (row >= uniforms.rows) { return; }
  let j = (at % row_size) / uniforms.columns;
  let start = row * uniforms.columns * uniforms.blocks_in + at % uniforms.columns;
  var sum = Element();
  for (var i = 0u; i < uniforms.blocks_in; i++) {
    sum += w[i * uniforms.w_in + j * uniforms.w_out] * x[start + i * uniforms.columns];
  }
  if (accumulate) { sum += y[at]; }
  y[at] = sum;
}
