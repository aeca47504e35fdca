// da[r, c] = dy[r]·b[r, c]; db by exchanging a and b. Stores (=), or adds (+=) where `accumulate`
// is 1.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<Element>;
@group(0) @binding(2) var<storage, read_write> da: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.rows * uniforms.columns) { return; }
  var value = dy[at / uniforms.columns] * b[at];
  if (accumulate) { value += da[at]; }
  da[at] = value;
}
