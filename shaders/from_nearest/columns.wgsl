// scores[p, items[n]] = Σ_j scores[p, nearest[n·near + j]] / near, in the order of j; stores there only. No item is
// among the nearest of another one.

struct Uniforms {
  count: u32, // items that are written
  near: u32, // items that each of them follows from
  places: u32,
  stride: u32, // numbers from one row of the scores to the next
}

@group(0) @binding(0) var<storage, read> items: array<u32>;
@group(0) @binding(1) var<storage, read> nearest: array<u32>;
@group(0) @binding(2) var<storage, read_write> scores: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= uniforms.count * uniforms.places) { return; }
  let item = n % uniforms.count;
  let row = n / uniforms.count * uniforms.stride;
  var sum = 0.0;
  for (var j = 0u; j < uniforms.near; j++) {
    sum += scores[row + nearest[item * uniforms.near + j]];
  }
  scores[row + items[item]] = sum / f32(uniforms.near);
}
