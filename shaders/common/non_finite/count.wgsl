// count += how many numbers of x are not finite: an integer, so the order of the additions does not
// matter. A thread tests 16 numbers.

struct Uniforms {
  length: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> count: atomic<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let start = thread_index(group, groups, local) * 16u;
  let end = min(uniforms.length, start + 16u);
  var found = 0u;
  for (var at = start; at < end; at++) {
    if (!is_finite(x[at])) { found += 1u; }
  }
  if (found > 0u) { atomicAdd(&count, found); }
}
