// What forward.wgsl computes, one vector an invocation.

struct Uniforms { // as in forward.wgsl
  rows: u32,
  weighted: u32,
  blocks: u32,
  vectors: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  let block = at / uniforms.vectors;
  if (block >= uniforms.rows * uniforms.blocks) { return; }
  var scale = 1.0;
  if (block < uniforms.weighted * uniforms.blocks) { scale = w[block]; }
  y[at] = scale * x[at];
}
