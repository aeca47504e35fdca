// P_b[i, j] = Σ_{k in band b} gain_k·v_k[i]·v_k[j] for each matrix and band: the projection on the band's
// eigenvectors, shrunk by their gains. Stores. One invocation four columns of a row.

@group(0) @binding(0) var<storage, read> vectors: array<f32>;
@group(0) @binding(1) var<storage, read> gains: array<f32>; // matrices×size
@group(0) @binding(2) var<storage, read_write> projectors: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let size = uniforms.size;
  let columns = size / 4u;
  let place = thread / (size * columns); // matrix·bands + band
  if (place >= uniforms.matrices * uniforms.bands) { return; }
  let matrix = place / uniforms.bands;
  let band = place % uniforms.bands;
  let row = (thread / columns) % size;
  let column = thread % columns;
  var sum = vec4<f32>(0.0);
  let end = band_start(band + 1u, size, uniforms.bands);
  for (var k = band_start(band, size, uniforms.bands); k < end; k++) {
    let at = matrix * uniforms.stride + k * size;
    let four = at + 4u * column;
    let own = gains[matrix * size + k] * vectors[at + row];
    sum += own * vec4<f32>(vectors[four], vectors[four + 1u], vectors[four + 2u], vectors[four + 3u]);
  }
  projectors[place * uniforms.stride / 4u + row * columns + column] = sum;
}
