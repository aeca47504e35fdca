// turned[c, r] = x[r, c], 0 from row `height` up to `padded`. Stores. One invocation four rows of a column.

struct Uniforms {
  height: u32,
  padded: u32,
  columns: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> turned: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

fn at(r: u32, c: u32) -> f32 {
  if (r >= uniforms.height) { return 0.0; }
  return x[r * uniforms.columns + c];
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  if (thread >= uniforms.padded / 4u * uniforms.columns) { return; }
  // Columns are the faster index: neighbours read neighbours.
  let c = thread % uniforms.columns;
  let four = thread / uniforms.columns;
  let r = 4u * four;
  turned[c * (uniforms.padded / 4u) + four] = vec4<f32>(at(r, c), at(r + 1u, c), at(r + 2u, c), at(r + 3u, c));
}
