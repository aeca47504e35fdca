// y[b] = softplus(−s[b]) for label 1, softplus(s[b]) for label 0: binary cross-entropy with logits,
// for the rows of the batch; 0 for those that a short batch lacks. Stores.

struct Uniforms {
  count: u32,
  sign: f32, // −1 for label 1, 1 for label 0
}

@group(0) @binding(0) var<storage, read> score: array<f32>;
@group(0) @binding(1) var<storage, read> state: StepState;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let b = thread_index(group, groups, local);
  if (b >= uniforms.count) { return; }
  y[b] = select(0.0, softplus(uniforms.sign * score[b]), b < state.batch_rows);
}
