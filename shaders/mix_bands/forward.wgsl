// y[r, c] = weights[r, band]·x[r, c], or += for the bands after the first (`accumulate`): a band's part
// of a weighted sum of bands. With the weights of the sum it is the backward pass towards a band.

override accumulate: bool = false;

struct Uniforms {
  count: u32, // Elements in all
  columns: u32, // Elements of a row
  bands: u32,
  band: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
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
  var value = weights[(at / uniforms.columns) * uniforms.bands + uniforms.band] * x[at];
  if (accumulate) { value += y[at]; }
  y[at] = value;
}
