// y = factor·x ⊙ σ(logits), or factor·x ⊙ weights ⊙ σ(logits) where `has_weights` is 1. Stores (=), or adds
// (+=) where `accumulate` is 1.

override has_weights: bool = false;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  row_vectors: u32, // vectors of a row, where rows are counted
  factor: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> weights: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> logits: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  let end = counting(uniforms.vectors, uniforms.row_vectors);
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (at < end) {
      var value = uniforms.factor * x[at] * sigmoid(logits[at]);
      if (has_weights) { value *= weights[at]; }
      if (accumulate) { value += y[at]; }
      y[at] = value;
    }
  }
}
