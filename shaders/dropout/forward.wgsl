// y = x/(1−rate) with probability 1−rate, else 0: the same choice for the same (seed, stream, step,
// vector of four). It is its own backward pass. Stores (=), or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  rate: f32,
  stream: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> state: StepState;
@group(0) @binding(2) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.vectors) { return; }
  let bits = random_bits(state.seed, uniforms.stream, state.step, at);
  let draws = vec4<f32>(
    uniform_of(bits.x),
    uniform_of(bits.y),
    uniform_of(bits.z),
    uniform_of(bits.w),
  );
  let kept = draws >= vec4<f32>(uniforms.rate);
  var value = select(vec4<f32>(0.0), x[at] / (1.0 - uniforms.rate), kept);
  if (accumulate) { value += y[at]; }
  y[at] = value;
}
