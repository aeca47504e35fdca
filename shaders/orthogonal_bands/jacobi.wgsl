// One-sided Jacobi rotations of the rows of each R (in place), until all are orthogonal to each other: then they
// are the eigenvectors of RᵀR, as long as the roots of its eigenvalues. In each of its size−1 rounds a
// tournament pairs all rows, so that the rotations of a round touch different ones (Brent and Luk, SIAM J.
// Sci. Stat. Comput. 6(1), 1985). One workgroup a matrix, an invocation a pair; rounds `first` up to `end` of a
// sweep. `rotations` counts those of each sweep; a sweep after one without any does nothing.
//
// On the factor of a positive matrix this keeps small eigenvalues accurate relative to themselves, and it
// needs fewer sweeps than rotations of the matrix, for RRᵀ is closer to diagonal (Veselić and Hari, Numerische
// Mathematik 56, 1989; Demmel and Veselić, SIAM J. Matrix Anal. Appl. 13(4), 1992).

struct Uniforms {
  matrices: u32,
  size: u32, // d, a multiple of 4
  stride: u32, // numbers from one matrix to the next
  first: u32,
  end: u32,
  sweep: u32,
}

@group(0) @binding(0) var<storage, read_write> rows: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> rotations: array<u32>; // sweeps×matrices
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

var<workgroup> rotated: atomic<u32>;
var<workgroup> is_done: u32;

// The rows of a pair in a round; the last row stays, the others go round.
fn pair_of(pair: u32, round: u32) -> vec2<u32> {
  let others = uniforms.size - 1u;
  if (pair == 0u) { return vec2<u32>(min(round, others), others); }
  let one = (round + pair) % others;
  let other = (round + others - pair) % others;
  return vec2<u32>(min(one, other), max(one, other));
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let counter = uniforms.sweep * uniforms.matrices + group.x;
  if (local == 0u) {
    is_done = 0u;
    if (uniforms.sweep > 0u && rotations[counter - uniforms.matrices] == 0u) { is_done = 1u; }
    atomicStore(&rotated, 0u);
    if (uniforms.first == 0u) { rotations[counter] = 0u; }
  }
  if (workgroupUniformLoad(&is_done) == 1u) { return; }
  let vectors = uniforms.size / 4u;
  let start = group.x * uniforms.stride / 4u;
  for (var round = uniforms.first; round < uniforms.end; round++) {
    for (var pair = local; pair < uniforms.size / 2u; pair += workgroup_size) {
      let own = start + pair_of(pair, round) * vectors;
      var inner = vec4<f32>(0.0);
      var upper = vec4<f32>(0.0);
      var lower = vec4<f32>(0.0);
      for (var v = 0u; v < vectors; v++) {
        let a = rows[own.x + v];
        let b = rows[own.y + v];
        inner += a * b;
        upper += a * a;
        lower += b * b;
      }
      let ones = vec4<f32>(1.0);
      let between = dot(inner, ones);
      let square_a = dot(upper, ones);
      let square_b = dot(lower, ones);
      if (abs(between) > 3e-7 * sqrt(square_a) * sqrt(square_b)) {
        let theta = (square_b - square_a) / (2.0 * between);
        let magnitude = 1.0 / (abs(theta) + sqrt(theta * theta + 1.0));
        let t = select(-magnitude, magnitude, theta >= 0.0);
        let c = 1.0 / sqrt(t * t + 1.0);
        let s = t * c;
        for (var v = 0u; v < vectors; v++) {
          let a = rows[own.x + v];
          let b = rows[own.y + v];
          rows[own.x + v] = c * a - s * b;
          rows[own.y + v] = s * a + c * b;
        }
        atomicAdd(&rotated, 1u);
      }
    }
    storageBarrier();
    workgroupBarrier();
  }
  if (local == 0u) { rotations[counter] += atomicLoad(&rotated); }
}
