// power[k] = Σ_f C[k, f]², the energy of coefficient k. Stores (=), or adds (+=) where `accumulate`
// is 1. One invocation a coefficient.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> coefficients: array<Element>;
@group(0) @binding(1) var<storage, read_write> powers: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.columns;
  var sum = Element();
  for (var at = start; at < start + uniforms.columns; at++) {
    let value = coefficients[at];
    sum += value * value;
  }
  var power = total(sum);
  if (accumulate) { power += powers[row]; }
  powers[row] = power;
}
