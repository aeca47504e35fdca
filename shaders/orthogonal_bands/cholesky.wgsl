// R with RᵀR = G + δ·1, upper triangular, for each matrix G: Cholesky's factor, whose rows one-sided rotations
// turn to eigenvectors (jacobi.wgsl). δ = 2e-6 of the largest diagonal entry lets it exist for matrices
// without full rank; eigenvectors do not feel it, and lengths.wgsl takes it off the eigenvalues. Overwrites
// what is right of G's diagonal, stores R. One workgroup a matrix; steps `first` up to `end`.

struct Uniforms {
  size: u32, // d, a multiple of 4
  stride: u32, // numbers from one matrix to the next
  first: u32,
  end: u32,
}

@group(0) @binding(0) var<storage, read_write> g: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> rows: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> shifts: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let size = uniforms.size;
  let vectors = size / 4u;
  let start = group.x * uniforms.stride / 4u;
  if (uniforms.first == 0u && local == 0u) {
    var largest = 1e-30;
    for (var k = 0u; k < size; k++) { largest = max(largest, g[start + k * vectors + k / 4u][k % 4u]); }
    shifts[group.x] = 2e-6 * largest;
  }
  storageBarrier();
  workgroupBarrier();
  let shift = shifts[group.x];
  for (var k = uniforms.first; k < uniforms.end; k++) {
    let own = start + k * vectors;
    let pivot = max(g[own + k / 4u][k % 4u] + shift, 0.25 * shift);
    let scale = 1.0 / sqrt(pivot);
    for (var v = local; v < vectors; v += workgroup_size) {
      let column = vec4<u32>(4u * v) + vec4<u32>(0u, 1u, 2u, 3u);
      let right = select(vec4<f32>(0.0), scale * g[own + v], column > vec4<u32>(k));
      rows[own + v] = select(right, vec4<f32>(sqrt(pivot)), column == vec4<u32>(k));
    }
    storageBarrier();
    workgroupBarrier();
    for (var i = k + 1u + local; i < size; i += workgroup_size) {
      let factor = rows[own + i / 4u][i % 4u];
      for (var v = i / 4u; v < vectors; v++) { g[start + i * vectors + v] -= factor * rows[own + v]; }
    }
    storageBarrier();
    workgroupBarrier();
  }
}
