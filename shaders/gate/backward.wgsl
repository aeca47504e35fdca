// The gradient of y = factor·x ⊙ weights ⊙ σ(logits) (gate/forward.wgsl) for one of the three: factor·dy times
// the others, σ(1−σ) in place of σ where `of_logits` is 1. For x and for the weights the `first` is the other
// one; for the logits the `second` are the weights. Each counts where it is there. Stores (=), or adds (+=)
// where `accumulate` is 1.

override of_logits: bool = false;
override has_first: bool = false;
override has_second: bool = false;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  factor: f32,
}

@group(0) @binding(0) var<storage, read> first: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> second: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> logits: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> gradient: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (at < uniforms.vectors) {
      let open = sigmoid(logits[at]);
      var value = uniforms.factor * dy[at] * open;
      if (of_logits) { value *= vec4<f32>(1.0) - open; }
      if (has_first) { value *= first[at]; }
      if (has_second) { value *= second[at]; }
      if (accumulate) { value += gradient[at]; }
      gradient[at] = value;
    }
  }
}
