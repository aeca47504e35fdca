// dx[r, c] = factor·times_r/places·dy[c]; see forward.wgsl. Stores (=), or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  count: u32, // Elements of x
  columns: u32,
  rows_a_node: u32,
  factor: f32,
}

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> multiplicity: array<f32>;
@group(0) @binding(2) var<storage, read> counts: array<u32>;
@group(0) @binding(3) var<storage, read_write> dx: array<Element>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  let node = at / (uniforms.columns * uniforms.rows_a_node);
  let factor = uniforms.factor * multiplicity[node] / f32(max(counts[1], 1u));
  var value = factor * dy[at % uniforms.columns];
  if (accumulate) { value += dx[at]; }
  dx[at] = value;
}
