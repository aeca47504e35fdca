// G = RᵀR with R upper triangular, and R⁻¹, for the b×b Gram matrix G of a block of columns. Stores.
// One invocation: b is at most 32.
//
// The diagonal is raised by the share `shift` first: R stays invertible for a block whose columns depend
// on each other, the block times R⁻¹ is then not orthonormal yet, and a second factorisation without a
// shift makes it so (shifted CholeskyQR, Fukaya, Kannan, Nakatsukasa, Yamamoto, Yanagisawa, SIAM J. Sci.
// Comput. 42, 2020). A column of whose squared norm the projection before has left no more than the
// share `least`, or the other columns no more than `least_pivot`, has nothing but rounding errors: it
// becomes zero. `lengths` says which columns there are: the diagonal of R.

override has_removed: bool = false;

struct Uniforms {
  size: u32,
  shift: f32,
  least: f32,
  least_pivot: f32,
  first: u32, // of the lengths
}

@group(0) @binding(0) var<storage, read> gram: array<f32>;
@group(0) @binding(1) var<storage, read> removed: array<f32>; // HᵀH of the projection before
@group(0) @binding(2) var<storage, read_write> factor: array<f32>;
@group(0) @binding(3) var<storage, read_write> inverse: array<f32>;
@group(0) @binding(4) var<storage, read_write> lengths: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  if (thread_index(group, groups, local) > 0u) { return; }
  let b = uniforms.size;
  for (var i = 0u; i < b; i++) {
    let squares = gram[i * b + i];
    var before = squares;
    if (has_removed) { before += removed[i * b + i]; }
    let counts = squares > uniforms.least * before;
    for (var j = 0u; j < b; j++) {
      var value = 0.0;
      if (j <= i && counts) {
        value = gram[j * b + i];
        for (var l = 0u; l < j; l++) { value -= factor[l * b + j] * factor[l * b + i]; }
        if (j == i) {
          value += uniforms.shift * squares;
          value = select(0.0, sqrt(value), value > uniforms.least_pivot * squares);
        } else {
          let pivot = factor[j * b + j];
          value = select(0.0, value / pivot, pivot > 0.0);
        }
      }
      factor[j * b + i] = value;
    }
    lengths[uniforms.first + i] = factor[i * b + i];
  }
  for (var i = 0u; i < b; i++) {
    let last = factor[i * b + i];
    for (var j = i + 1u; j < b; j++) { inverse[j * b + i] = 0.0; }
    inverse[i * b + i] = select(0.0, 1.0 / last, last > 0.0);
    for (var back = 0u; back < i; back++) {
      let j = i - 1u - back;
      var sum = 0.0;
      for (var l = j + 1u; l <= i; l++) { sum += factor[j * b + l] * inverse[l * b + i]; }
      let pivot = factor[j * b + j];
      inverse[j * b + i] = select(0.0, -sum / pivot, pivot > 0.0);
    }
  }
}
