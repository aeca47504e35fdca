// y[r, c] = x[r, c]·v[c]. It is its own backward pass towards x. Stores
// (=), or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  count: u32, // Elements in all
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> v: array<Element>;
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
  var value = x[at] * v[at % uniforms.columns];
  if (accumulate) { value += y[at]; }
  y[at] = value;
}
