// parts[p] = Σ x[n] (or x[n]², where `square` is 1) over the numbers n of part p. Stores.

override square: bool = false;

struct Uniforms {
  count: u32,
  part: u32, // numbers of a part
  parts: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> parts: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  if (thread >= uniforms.parts) { return; }
  let end = min(uniforms.count, (thread + 1u) * uniforms.part);
  var sum = 0.0;
  for (var at = thread * uniforms.part; at < end; at++) {
    let value = x[at];
    sum += select(value, value * value, square);
  }
  parts[thread] = sum;
}
