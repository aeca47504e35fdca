// dx_i = scale·Σ_range parts[range, i], the parts of all_pairs_gradient.wgsl in their order; 0 beyond the last row that
// counts. Stores, or adds where `accumulate` is 1. One invocation four numbers.

override accumulate: bool = false;

struct Uniforms { // as in all_pairs_gradient.wgsl
  height: u32,
  vectors: u32,
  rows_a_node: u32,
  most_tiles: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> parts: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> dx: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.height * uniforms.vectors) { return; }
  let counted = min(counts[0] * uniforms.rows_a_node, uniforms.height);
  var sum = vec4<f32>(0.0);
  if (at < counted * uniforms.vectors) {
    let tiles = (counted + 63u) / 64u;
    let ranges = min(uniforms.most_tiles / tiles, tiles);
    let stride = tiles * 64u * uniforms.vectors;
    for (var range = 0u; range < ranges; range++) { sum += parts[range * stride + at]; }
  }
  sum *= uniforms.scale;
  if (accumulate) { sum += dx[at]; }
  dx[at] = sum;
}
