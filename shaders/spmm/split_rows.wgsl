// The rows of Y that are cut in several chunks: the sums of the parts that the products of operands.wgsl left, in
// order of the slots.
// Stores (=), or adds (+=) where `accumulate` is 1.

override has_base: bool = false;
override accumulate: bool = false;

struct Uniforms {
  rows: u32, // number of split rows
  vectors: u32, // d/4
  alpha: f32,
  beta: f32,
}

@group(0) @binding(0) var<storage, read> split_rows: array<vec4<u32>>; // row, first slot, end, 0
@group(0) @binding(1) var<storage, read> parts: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> base: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let n = thread / uniforms.vectors;
  let vector = thread % uniforms.vectors;
  if (n >= uniforms.rows) { return; }
  let split = split_rows[n];
  var sum = vec4<f32>(0.0);
  for (var slot = split.y; slot < split.z; slot++) {
    sum += parts[slot * uniforms.vectors + vector];
  }
  let at = split.x * uniforms.vectors + vector;
  var value = uniforms.alpha * sum;
  if (has_base) { value += uniforms.beta * base[at]; }
  if (accumulate) { value += y[at]; }
  y[at] = value;
}
