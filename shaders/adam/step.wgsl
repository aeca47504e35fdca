// One step of Adam (Kingma and Ba, ICLR 2015) with PyTorch's definitions, in place:
//   g += weight_decay·p;  m = β₁m + (1−β₁)g;  v = β₂v + (1−β₂)g²
//   p −= step_size·m / (√v·scale + ε)
// where schedule[epoch_step] = (learning rate·factor/(1−β₁ᵗ), 1/√(1−β₂ᵗ)) comes from the CPU in f64:
// 1−β₂ᵗ loses its digits in f32. Counts the parameters that are not finite.

struct Uniforms {
  vectors: u32,
  weight_decay: f32,
}

@group(0) @binding(0) var<storage, read> gradient: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> schedule: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> state: StepState;
@group(0) @binding(3) var<storage, read_write> parameter: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> mean: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> variance: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> non_finite: atomic<u32>;
@group(0) @binding(7) var<uniform> uniforms: Uniforms;

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  let rates = schedule[state.epoch_step];
  for (var at = thread; at < uniforms.vectors; at += quarter) {
    let p = parameter[at];
    let g = gradient[at] + uniforms.weight_decay * p;
    let m = beta1 * mean[at] + (1.0 - beta1) * g;
    let v = beta2 * variance[at] + (1.0 - beta2) * g * g;
    let next = p - rates.x * m / (sqrt(v) * rates.y + epsilon);
    mean[at] = m;
    variance[at] = v;
    parameter[at] = next;
    if (!(is_finite(next.x) && is_finite(next.y) && is_finite(next.z) && is_finite(next.w))) {
      atomicAdd(&non_finite, 1u);
    }
  }
}
