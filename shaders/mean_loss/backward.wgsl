// dx[r] = weight/rows of the batch, 0 for rows that a short batch lacks. Stores (=), or adds (+=) where
// `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  weight: f32,
}

@group(0) @binding(0) var<storage, read> state: StepState;
@group(0) @binding(1) var<storage, read_write> dx: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  var value = 0.0;
  if (row < state.batch_rows) { value = uniforms.weight / f32(state.batch_rows); }
  if (accumulate) { value += dx[row]; }
  dx[row] = value;
}
