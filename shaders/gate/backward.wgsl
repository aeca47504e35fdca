// y = x ⊙ σ(logits): dx = dy ⊙ σ, or where `of_logits` is 1 dlogits = dy ⊙ x ⊙ σ(1−σ). Stores (=), or
// adds (+=) where `accumulate` is 1.

override of_logits: bool = false;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> logits: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> gradient: array<vec4<f32>>;
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
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (at < uniforms.vectors) {
      let open = sigmoid(logits[at]);
      var value = dy[at] * open;
      if (of_logits) { value *= x[at] * (vec4<f32>(1.0) - open); }
      if (accumulate) { value += gradient[at]; }
      gradient[at] = value;
    }
  }
}
