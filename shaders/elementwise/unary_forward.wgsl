// y = f(x), f by `operation`: 0 alpha·x + beta, 1 sigmoid, 2 tanh, 3 ReLU, 4 leaky ReLU with slope
// alpha below 0, 5 exp, 6 square. Stores.

override operation: u32 = 0u;

struct Uniforms {
  vectors: u32,
  row_vectors: u32, // vectors of a row, where rows are counted
  alpha: f32,
  beta: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

fn apply(v: vec4<f32>) -> vec4<f32> {
  switch (operation) {
    case 0u: { return uniforms.alpha * v + uniforms.beta; }
    case 5u: { return exponential(v); }
    case 6u: { return v * v; }
    default: { return bent(operation, uniforms.alpha, v); }
  }
}

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
    if (at < end) { y[at] = apply(x[at]); }
  }
}
