// Equal-energy bands of K+1 pieces, the K coefficients and the remainder of the signal:
// border_j = #{k: cumulated_k/total < j/M} (methods.md, §5). Stores. One invocation a border.
//
// limits[64·j] is the border at which band j ends, rounded up to a multiple of 4 and at most K: where
// a product over the coefficients of bands up to j may stop.

struct Uniforms {
  coefficients: u32, // K
  bands: u32, // M
  sources: u32,
}

@group(0) @binding(0) var<storage, read> powers: array<f32>;
@group(0) @binding(1) var<storage, read> signal: array<f32>; // the energy of each source
@group(0) @binding(2) var<storage, read_write> borders: array<u32>; // M+1
@group(0) @binding(3) var<storage, read_write> limits: array<u32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let j = thread_index(group, groups, local);
  let pieces = uniforms.coefficients + 1u;
  if (j > uniforms.bands) { return; }
  var border = select(0u, pieces, j == uniforms.bands);
  if (j > 0u && j < uniforms.bands) {
    var signal_energy = 0.0;
    for (var s = 0u; s < uniforms.sources; s++) { signal_energy += signal[s]; }
    var covered = 0.0;
    for (var k = 0u; k < uniforms.coefficients; k++) { covered += powers[k]; }
    // The basis is orthonormal, so the remainder has what the coefficients lack.
    let energy = max(signal_energy, covered);
    var cumulated = 0.0;
    for (var k = 0u; k < uniforms.coefficients; k++) {
      cumulated += powers[k];
      // Ascending, so that those below are the first ones.
      if (cumulated / energy < f32(j) / f32(uniforms.bands)) { border = k + 1u; }
    }
  }
  borders[j] = border;
  if (j > 0u) {
    limits[64u * (j - 1u)] = min((border + 3u) / 4u * 4u, uniforms.coefficients);
  }
}
