// M[k, l] = (gain_k·T_{b(k)}[k, l] − gain_l·T_{b(l)}[k, l])/(λ_k − λ_l), T_b = U_b·V, b(k) the band of k:
// what Σ_b Ω_b∘T_b is (methods.md, §4 d), with gains. Within a band of equal gains it is 0, so only gaps
// across borders enter; a gap counts as at least 1e-6·λ_0. Stores. One invocation a number.

@group(0) @binding(0) var<storage, read> vectors: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read> gains: array<f32>;
@group(0) @binding(3) var<storage, read> turned: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> middle: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

fn inner(matrix: u32, band: u32, k: u32, l: u32) -> f32 {
  let columns = uniforms.size / 4u;
  let one = (matrix * uniforms.bands + band) * uniforms.stride / 4u + k * columns;
  let other = matrix * uniforms.stride / 4u + l * columns;
  var sum = vec4<f32>(0.0);
  for (var c = 0u; c < columns; c++) { sum += turned[one + c] * vectors[other + c]; }
  return sum.x + sum.y + sum.z + sum.w;
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let size = uniforms.size;
  let matrix = thread / (size * size);
  if (matrix >= uniforms.matrices) { return; }
  let k = (thread / size) % size;
  let l = thread % size;
  let first = matrix * size;
  let band_k = band_of(k, size, uniforms.bands);
  let band_l = band_of(l, size, uniforms.bands);
  var value = 0.0;
  if (k != l && (band_k != band_l || gains[first + k] != gains[first + l])) {
    let gap = max(abs(values[first + k] - values[first + l]), max(1e-6 * values[first], 1e-30));
    let difference = gains[first + k] * inner(matrix, band_k, k, l) -
      gains[first + l] * inner(matrix, band_l, k, l);
    value = select(-difference, difference, k < l) / gap;
  }
  middle[matrix * uniforms.stride + k * size + l] = value;
}
