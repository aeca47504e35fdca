// dx[r, b] = scale·1[x > 0]·(2αδ_b + μ(δ_b/q·Σ_b' relu(δ_b' − φ) + q·1[δ_b > φ])), see forward.wgsl. Stores (=),
// or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  bands: u32,
  alpha: f32,
  mu: f32,
  phi: f32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> dx: array<f32>;
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
  let start = row * uniforms.bands;
  for (var b = 0u; b < uniforms.bands; b++) {
    let delta = max(x[start + b], 0.0);
    square += delta * delta;
    excess += max(delta - uniforms.phi, 0.0);
  }
  let root = sqrt(square + 1e-12);
  for (var b = 0u; b < uniforms.bands; b++) {
    let delta = max(x[start + b], 0.0);
    var slope = delta / root * excess;
    if (delta > uniforms.phi) { slope += root; }
    var value = 2.0 * uniforms.alpha * delta + uniforms.mu * slope;
    value = select(0.0, uniforms.scale * value, x[start + b] > 0.0);
    if (accumulate) { value += dx[start + b]; }
    dx[start + b] = value;
  }
}
