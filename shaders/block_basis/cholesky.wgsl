// G = RᵀR with R upper triangular, and R⁻¹, for the b×b Gram matrix G of a block of columns. Stores.
// One invocation: b is at most 32.
//
// A pivot below `shift` of its diagonal entry is raised to it: R stays invertible, the block times
// R⁻¹ is then not orthonormal yet, and a second factorisation makes it so (shifted CholeskyQR,
// Fukaya, Kannan, Nakatsukasa, Yamamoto, Yanagisawa, SIAM J. Sci. Comput. 42, 2020). A column whose
// squared norm is below `least` has nothing but rounding errors: its rows and columns are zero.

struct Uniforms {
  size: u32,
  shift: f32,
  least: f32,
}

@group(0) @binding(0) var<storage, read> gram: array<f32>;
@group(0) @binding(1) var<storage, read_write> factor: array<f32>;
@group(0) @binding(2) var<storage, read_write> inverse: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

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
    let counts = squares > uniforms.least;
    for (var j = 0u; j < b; j++) {
      var value = 0.0;
      if (j <= i && counts) {
        value = gram[j * b + i];
        for (var l = 0u; l < j; l++) { value -= factor[l * b + j] * factor[l * b + i]; }
        if (j == i) {
          value = sqrt(max(value, uniforms.shift * squares));
        } else {
          let pivot = factor[j * b + j];
          value = select(0.0, value / pivot, pivot > 0.0);
        }
      }
      factor[j * b + i] = value;
    }
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
