// dpositive[b] = −scale/rows·σ(negative[b] − positive[b]), and dnegative the same with the sign
// turned (`sign`). Stores (=), or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  count: u32,
  scale: f32,
  sign: f32, // −1 for the positive scores, 1 for the negative ones
}

@group(0) @binding(0) var<storage, read> positive: array<f32>;
@group(0) @binding(1) var<storage, read> negative: array<f32>;
@group(0) @binding(2) var<storage, read> state: StepState;
@group(0) @binding(3) var<storage, read_write> dscore: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let b = thread_index(group, groups, local);
  if (b >= uniforms.count) { return; }
  var value = 0.0;
  if (b < state.batch_rows) {
    let factor = uniforms.sign * uniforms.scale / f32(state.batch_rows);
    value = factor * logistic(negative[b] - positive[b]);
  }
  if (accumulate) { value += dscore[b]; }
  dscore[b] = value;
}
