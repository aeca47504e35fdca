// copied[first_place + n] = source[first + n], n < count: indices of a list. Stores.

struct Uniforms {
  count: u32,
  first: u32,
  first_place: u32,
}

@group(0) @binding(0) var<storage, read> source: array<u32>;
@group(0) @binding(1) var<storage, read_write> copied: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= uniforms.count) { return; }
  copied[uniforms.first_place + n] = source[uniforms.first + n];
}
