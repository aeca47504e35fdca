// scores[p, i] = the least f32 for the items i that may not be given. Stores there only.

struct Uniforms {
  rows: u32,
  items: u32,
  stride: u32, // numbers from one row of the scores to the next
}

@group(0) @binding(0) var<storage, read> allowed: array<u32>; // a bit an item
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  // An invocation takes the 32 items of a word.
  let n = thread_index(group, groups, local);
  let words = (uniforms.items + 31u) / 32u;
  if (n >= uniforms.rows * words) { return; }
  let first = (n % words) * 32u;
  let row = (n / words) * uniforms.stride;
  let bits = allowed[n % words];
  for (var item = first; item < min(first + 32u, uniforms.items); item++) {
    if (((bits >> (item - first)) & 1u) == 0u) { scores[row + item] = -0x1.fffffep+127f; }
  }
}
