// C = f(the sum of `splits` parts of m×n numbers, in their order (+ bias)), f by `activation`. Stores, or
// adds where `accumulate` is 1.

override accumulate: bool = false;
override has_bias: bool = false;

struct Uniforms {
  count: u32, // m·n
  columns: u32, // n
  splits: u32,
}

@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read> bias: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  var sum = 0.0;
  for (var split = 0u; split < uniforms.splits; split++) {
    sum += parts[split * uniforms.count + at];
  }
  if (has_bias) { sum += bias[at % uniforms.columns]; }
  sum = activated(vec4<f32>(sum)).x;
  if (accumulate) { sum += c[at]; }
  c[at] = sum;
}
