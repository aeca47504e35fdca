// y[k] = x[k] for the rows k of one band, borders[band] ≤ k < borders[band+1], and 0 for the others.
// Stores (=), or adds (+=) where `accumulate` is 1. It is its own backward pass.

override accumulate: bool = false;

struct Uniforms {
  count: u32, // Elements in all
  columns: u32, // Elements of a row
  band: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> borders: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  let row = at / uniforms.columns;
  var value = Element();
  // Rows outside may hold anything: they are not multiplied by 0.
  if (row >= borders[uniforms.band] && row < borders[uniforms.band + 1u]) { value = x[at]; }
  if (accumulate) { value += y[at]; }
  y[at] = value;
}
