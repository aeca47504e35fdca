// parts[s, c] = Σ x[r, c] over the rows r of part s that count. Stores, or adds where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32,
  part: u32, // rows of a part
  splits: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> parts: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let split = thread / uniforms.columns;
  let column = thread % uniforms.columns;
  if (split >= uniforms.splits) { return; }
  let end = min(counting(uniforms.rows, 1u), (split + 1u) * uniforms.part);
  var sum = 0.0;
  for (var row = split * uniforms.part; row < end; row++) {
    sum += x[row * uniforms.columns + column];
  }
  if (accumulate) { sum += parts[thread]; }
  parts[thread] = sum;
}
