// y[b] = −log σ(positive[b] − negative[b]) for the rows of the batch, 0 for those that a short batch
// lacks. Stores. (BPR: Rendle et al., UAI 2009; methods.md, §1.)

struct Uniforms {
  count: u32,
}

@group(0) @binding(0) var<storage, read> positive: array<f32>;
@group(0) @binding(1) var<storage, read> negative: array<f32>;
@group(0) @binding(2) var<storage, read> state: StepState;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let b = thread_index(group, groups, local);
  if (b >= uniforms.count) { return; }
  let value = softplus(negative[b] - positive[b]);
  y[b] = select(0.0, value, b < state.batch_rows);
}
