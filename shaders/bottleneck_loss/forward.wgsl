// y[r] = α‖δ_r‖² + μ·q_r·Σ_b relu(δ_rb − φ), δ = relu(x), q_r = √(‖δ_r‖²+1e-12). Stores.
// (FITMM's surrogate of the information bottleneck; methods.md, §4 f.)

struct Uniforms {
  rows: u32,
  bands: u32,
  alpha: f32,
  mu: f32,
  phi: f32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  var square = 0.0;
  var excess = 0.0;
  for (var b = 0u; b < uniforms.bands; b++) {
    let delta = max(x[row * uniforms.bands + b], 0.0);
    square += delta * delta;
    excess += max(delta - uniforms.phi, 0.0);
  }
  y[row] = uniforms.alpha * square + uniforms.mu * sqrt(square + 1e-12) * excess;
}
