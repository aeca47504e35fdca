// dx = weight/rows of the batch·difference. Stores (=), or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  weight: f32,
}

@group(0) @binding(0) var<storage, read> difference: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> state: StepState;
@group(0) @binding(2) var<storage, read_write> dx: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.vectors) { return; }
  var value = uniforms.weight / f32(max(state.batch_rows, 1u)) * difference[at];
  if (accumulate) { value += dx[at]; }
  dx[at] = value;
}
