// maxima[u, g] = the greatest score of a user's items g·group to g·group+group−1, `masked` where none of them is a
// candidate. Stores. An invocation takes a group, and reads it once, as vectors of four.

struct Uniforms {
  users: u32,
  items: u32,
  vectors: u32, // of four numbers, from one row of the scores to the next
  group: u32, // items of a group, a multiple of 4
  stride: u32, // numbers from one row of the maxima to the next
}

@group(0) @binding(0) var<storage, read> scores: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> maxima: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let user = thread / uniforms.stride;
  let place = thread - user * uniforms.stride;
  if (user >= uniforms.users) { return; }
  let first = place * uniforms.group;
  let end = min(uniforms.items, first + uniforms.group);
  let row = user * uniforms.vectors;
  var greatest = vec4<f32>(masked);
  for (var item = first; item < end; item += 4u) {
    greatest = greater(greatest, candidates(scores[row + item / 4u], item, uniforms.items));
  }
  maxima[thread] = greatest_of(greatest);
}
