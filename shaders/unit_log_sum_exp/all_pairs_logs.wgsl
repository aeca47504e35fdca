// y[i] = scale + log Σ_band parts[band, i], the parts of all_pairs_sums.wgsl in their order; 0 beyond the last row that
// counts. Stores. One invocation a row.

struct Uniforms { // those of all_pairs_sums.wgsl that it needs
  height: u32,
  padded: u32,
  rows_a_node: u32,
  bands: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> parts: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = thread_index(group, groups, local);
  if (i >= uniforms.height) { return; }
  let counted = min(counts[0] * uniforms.rows_a_node, uniforms.height);
  if (i >= counted) {
    y[i] = 0.0;
    return;
  }
  let bands = min(uniforms.bands, (counted + 63u) / 64u);
  var sum = 0.0;
  for (var band = 0u; band < bands; band++) { sum += parts[band * uniforms.padded + i]; }
  y[i] = uniforms.scale + log(sum);
}
