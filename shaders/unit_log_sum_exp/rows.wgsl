// times[r] = how often row r counts, that of its node; or where `of_gains` is 1, gains[r] = dy[r]·exp(scale − y[r]), which
// is dy_r/Σ_j times_j·e_rj. 0 beyond the last row. Stores. One invocation a row.

override of_gains: bool = false;

struct Uniforms {
  height: u32,
  padded: u32,
  rows_a_node: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> multiplicity: array<f32>;
@group(0) @binding(2) var<storage, read> y: array<f32>;
@group(0) @binding(3) var<storage, read> dy: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let r = thread_index(group, groups, local);
  if (r >= uniforms.padded) { return; }
  var value = 0.0;
  if (r < min(counts[0] * uniforms.rows_a_node, uniforms.height)) {
    if (of_gains) {
      value = dy[r] * exp(uniforms.scale - y[r]);
    } else {
      value = multiplicity[r / uniforms.rows_a_node];
    }
  }
  output[r] = value;
}
