// marks[first_row + rows[b]] = step + 1 for each index of a list but `none`. Marks of earlier steps
// are other numbers, so nothing has to be cleared. Several invocations may store the same mark: the
// same value, so the order does not matter.

struct Uniforms {
  count: u32,
  first_row: u32,
}

@group(0) @binding(0) var<storage, read> rows: array<u32>;
@group(0) @binding(1) var<storage, read> state: StepState;
@group(0) @binding(2) var<storage, read_write> marks: array<u32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let b = thread_index(group, groups, local);
  if (b >= uniforms.count) { return; }
  let row = rows[b];
  if (row != none) { marks[uniforms.first_row + row] = state.step + 1u; }
}
