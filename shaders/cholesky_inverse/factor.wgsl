// R with RᵀR = D + shift·1, upper triangular: Cholesky's factor of a block D of `size` rows, which are those of X from
// `row` on. Row k of R is (D[k] − Σ_{l<k} R[l, k]·R[l])/√pivot. Stores. A pivot of no more than the share `least` of its
// number on the diagonal of the whole matrix is none: 1 takes its place, and `failure` is the first such row, counted
// from 1. One workgroup, whose invocations have four columns each.

override has_diagonal: bool = false; // without, the diagonal is that of D + shift·1

struct Uniforms {
  size: u32, // a multiple of 4, at most four times the workgroup's
  stride: u32, // numbers from one row of X, and of R, to the next
  row: u32, // the first row of D in X, and in the whole matrix
  shift: f32,
  least: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> diagonal: array<f32>;
@group(0) @binding(2) var<storage, read_write> factor: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> failure: array<u32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(@builtin(local_invocation_index) local: u32) {
  let size = uniforms.size;
  let stride = uniforms.stride / 4u;
  let column = vec4<u32>(4u * local) + vec4<u32>(0u, 1u, 2u, 3u);
  for (var k = 0u; k < size; k++) {
    let own = (uniforms.row + k) * stride;
    var pivot = x[own + k / 4u][k % 4u] + uniforms.shift;
    var whole = pivot;
    if (has_diagonal) { whole = diagonal[uniforms.row + k]; }
    var value = vec4<f32>(0.0);
    if (4u * local < size) { value = x[own + local]; }
    for (var l = 0u; l < k; l++) {
      let above = factor[l * stride + k / 4u][k % 4u];
      pivot -= above * above;
      if (4u * local < size) { value -= above * factor[l * stride + local]; }
    }
    if (!is_finite(pivot) || pivot <= uniforms.least * whole) {
      pivot = 1.0;
      if (local == 0u && failure[0] == 0u) { failure[0] = uniforms.row + k + 1u; }
    }
    let root = sqrt(pivot);
    value = select(vec4<f32>(0.0), value / root, column > vec4<u32>(k));
    value = select(value, vec4<f32>(root), column == vec4<u32>(k));
    if (4u * local < size) { factor[k * stride + local] = value; }
    storageBarrier();
    workgroupBarrier();
  }
}
