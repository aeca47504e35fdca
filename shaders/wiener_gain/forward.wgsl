// gains[own + b, k] = max(0, 1 − λ/((β−1)(1−λ))), 1−λ = ρ²_k = Σ_l C_b[k, l]²/(σ²_k·τ²_l), for each block b of
// columns: σ² the eigenvalues of rows own + b of `values`, τ² those of rows other + b. Where `of_columns` is 1, C is
// read transposed. Directions of eigenvalue below 1e-6 of the largest are rounding, and have no relevance.
// Stores. One invocation a direction.

override of_columns: bool = false;

struct Uniforms {
  blocks: u32,
  size: u32, // d
  stride: u32, // numbers from one C to the next
  own: u32, // the first row of the gains
  other: u32,
  beta: f32,
}

@group(0) @binding(0) var<storage, read> products: array<f32>; // C
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> gains: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let size = uniforms.size;
  if (thread >= uniforms.blocks * size) { return; }
  let block = thread / size;
  let k = thread % size;
  let own = (uniforms.own + block) * size;
  let other = (uniforms.other + block) * size;
  let value = values[own + k];
  var relevance = 0.0;
  if (value > 1e-6 * values[own]) {
    for (var l = 0u; l < size; l++) {
      if (values[other + l] <= 1e-6 * values[other]) { break; }
      let at = select(k * size + l, l * size + k, of_columns);
      let product = products[block * uniforms.stride + at];
      relevance += product / value * (product / values[other + l]);
    }
  }
  relevance = min(relevance, 1.0);
  var gain = 0.0;
  // At β = 1/(1−λ) and below, the direction is shut off.
  if (uniforms.beta * relevance > 1.0) {
    gain = 1.0 - (1.0 - relevance) / ((uniforms.beta - 1.0) * relevance);
  }
  gains[own + k] = gain;
}
