// x[r, p − first_list] = weight[r] for the rows r that list p names, for lists from `first_list` on; x is 0
// elsewhere before. Stores there only. A workgroup takes a list, its invocations the entries in turn.

override has_weight: bool = false;

struct Uniforms {
  lists: u32, // how many are placed
  first_list: u32,
  columns: u32, // of x
  first: u32, // the first entry of each list that this launch takes
  entries: u32, // how many it takes at most, which bounds the loop (webgpu.md, trap 1)
}

@group(0) @binding(0) var<storage, read> list_start: array<u32>;
@group(0) @binding(1) var<storage, read> list: array<u32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> x: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = group.y * groups.x + group.x;
  if (place >= uniforms.lists) { return; }
  let p = uniforms.first_list + place;
  let start = list_start[p] + uniforms.first;
  let end = min(list_start[p + 1u], start + uniforms.entries);
  for (var n = start + local; n < end; n += workgroup_size) {
    let row = list[n];
    var value = 1.0;
    if (has_weight) { value = weight[row]; }
    x[row * uniforms.columns + place] = value;
  }
}
