// M = R^-ᵀ, lower triangular, for an upper triangular R: row i of M is (e_i − Σ_{l<i} R[l, i]·M[l])/R[i, i]. Stores.
// An invocation has four columns, which are solved for by themselves.

struct Uniforms {
  size: u32, // a multiple of 4
  stride: u32, // numbers from one row of R, and of M, to the next
}

@group(0) @binding(0) var<storage, read> factor: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> inverse: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let vector = thread_index(group, groups, local);
  let first = 4u * vector;
  if (first >= uniforms.size) { return; }
  let stride = uniforms.stride / 4u;
  let column = vec4<u32>(first) + vec4<u32>(0u, 1u, 2u, 3u);
  for (var i = 0u; i < first; i++) { inverse[i * stride + vector] = vec4<f32>(0.0); }
  for (var i = first; i < uniforms.size; i++) {
    var value = select(vec4<f32>(0.0), vec4<f32>(1.0), column == vec4<u32>(i));
    for (var l = first; l < i; l++) {
      value -= factor[l * stride + i / 4u][i % 4u] * inverse[l * stride + vector];
    }
    inverse[i * stride + vector] = value / factor[i * stride + i / 4u][i % 4u];
  }
}
