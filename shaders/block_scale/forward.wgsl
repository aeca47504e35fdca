// y[r, b, c] = w[r, b]·x[r, b, c] for the rows that w has, y = x for the rows below them. Stores.
// Vectors of four columns, one block an invocation.

struct Uniforms {
  rows: u32, // of x
  weighted: u32, // of w
  blocks: u32,
  vectors: u32, // of a block
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let block = thread_index(group, groups, local);
  if (block >= uniforms.rows * uniforms.blocks) { return; }
  var scale = 1.0;
  if (block < uniforms.weighted * uniforms.blocks) { scale = w[block]; }
  let start = block * uniforms.vectors;
  for (var at = start; at < start + uniforms.vectors; at++) { y[at] = scale * x[at]; }
}
