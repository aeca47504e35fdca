// y = w0·x0 + w1·x1 + w2·x2 + w3·x3, of which the first `terms` count, elementwise. Stores (=), or
// adds (+=) where `accumulate` is 1. It is its own backward pass: dx_i = w_i·dy.

override terms: u32 = 4u;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  w0: f32,
  w1: f32,
  w2: f32,
  w3: f32,
}

@group(0) @binding(0) var<storage, read> x0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> x1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> x2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> x3: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (at < uniforms.vectors) {
      var value = vec4<f32>(0.0);
      if (terms > 0u) { value = uniforms.w0 * x0[at]; }
      if (terms > 1u) { value += uniforms.w1 * x1[at]; }
      if (terms > 2u) { value += uniforms.w2 * x2[at]; }
      if (terms > 3u) { value += uniforms.w3 * x3[at]; }
      if (accumulate) { value += y[at]; }
      y[at] = value;
    }
  }
}
