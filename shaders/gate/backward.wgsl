// The gradients of y = factor·x ⊙ weights ⊙ σ(logits) (gate/forward.wgsl): dx = factor·dy ⊙ weights ⊙ σ,
// dweights = factor·dy ⊙ x ⊙ σ, dlogits = factor·dy ⊙ x ⊙ weights ⊙ σ(1−σ), each where it is `wanted`. Stores
// (=), or adds (+=) where its `adds` is 1.

const of_x = 1u;
const of_weights = 2u;
const of_logits = 4u;

override wanted: u32 = 7u;
override adds_x: bool = false;
override adds_weights: bool = false;
override adds_logits: bool = false;
override has_weights: bool = false;

struct Uniforms {
  vectors: u32,
  row_vectors: u32, // vectors of a row, where rows are counted
  factor: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> weights: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> logits: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> dx: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> dweights: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> dlogits: array<vec4<f32>>;
@group(0) @binding(7) var<uniform> uniforms: Uniforms;

// What is stored of a row that does not count.
fn clear(at: u32) {
  if (at >= uniforms.vectors) { return; }
  if ((wanted & of_x) != 0u && !adds_x) { dx[at] = vec4<f32>(0.0); }
  if ((wanted & of_weights) != 0u && !adds_weights) { dweights[at] = vec4<f32>(0.0); }
  if ((wanted & of_logits) != 0u && !adds_logits) { dlogits[at] = vec4<f32>(0.0); }
}

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
    if (has_count && at >= end) { clear(at); }
    if (at < end) {
      let open = sigmoid(logits[at]);
      let upstream = uniforms.factor * dy[at] * open;
      var weight = vec4<f32>(1.0);
      if (has_weights) { weight = weights[at]; }
      if ((wanted & of_x) != 0u) {
        var value = upstream * weight;
        if (adds_x) { value += dx[at]; }
        dx[at] = value;
      }
      if ((wanted & (of_weights | of_logits)) == 0u) { continue; }
      let weighted = upstream * x[at];
      if ((wanted & of_weights) != 0u) {
        var value = weighted;
        if (adds_weights) { value += dweights[at]; }
        dweights[at] = value;
      }
      if ((wanted & of_logits) != 0u) {
        var value = weighted * weight * (vec4<f32>(1.0) - open);
        if (adds_logits) { value += dlogits[at]; }
        dlogits[at] = value;
      }
    }
  }
}
