// c = alpha·a + beta·b, or alpha·a·b where `multiply` is 1. Stores (=), or adds (+=) where
// `accumulate` is 1; rows that do not count are cleared or left. It is its own backward pass.

override multiply: bool = false;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  row_vectors: u32, // vectors of a row, where rows are counted
  alpha: f32,
  beta: f32,
}

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  let end = counting(uniforms.vectors, uniforms.row_vectors);
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (has_count && !accumulate && at >= end && at < uniforms.vectors) {
      c[at] = vec4<f32>(0.0);
    }
    if (at < end) {
      var value: vec4<f32>;
      if (multiply) {
        value = uniforms.alpha * a[at] * b[at];
      } else {
        value = uniforms.alpha * a[at] + uniforms.beta * b[at];
      }
      if (accumulate) { value += c[at]; }
      c[at] = value;
    }
  }
}
