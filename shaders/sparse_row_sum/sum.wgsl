// sums[p, :] = weight·the sum of the rows of a sparse matrix that list p names, added in the order of the list; zeros
// for an empty list. One workgroup a list: its invocations share the entries of a row, which are in columns
// that all differ, and wait for each other between two rows. Stores all columns (=) where it `clears` them first,
// and adds the entries of the list from `first` on to what is there (+=) where it does not.

override clears: bool = true;

struct Uniforms {
  lists: u32,
  stride: u32, // numbers from one row of the sums to the next
  first: u32, // the first entry of each list that this launch takes
  entries: u32, // how many it takes at most, which bounds the loops (webgpu.md, trap 1)
  weight: f32,
}

@group(0) @binding(0) var<storage, read> list_start: array<u32>;
@group(0) @binding(1) var<storage, read> list: array<u32>;
@group(0) @binding(2) var<storage, read> row_start: array<u32>;
@group(0) @binding(3) var<storage, read> column: array<u32>;
@group(0) @binding(4) var<storage, read> value: array<f32>;
@group(0) @binding(5) var<storage, read_write> sums: array<f32>;
@group(0) @binding(6) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let p = group.y * groups.x + group.x;
  if (p >= uniforms.lists) { return; }
  let sum = p * uniforms.stride;
  if (clears) {
    for (var c = local; c < uniforms.stride; c += workgroup_size) { sums[sum + c] = 0.0; }
  }
  let start = list_start[p] + uniforms.first;
  let end = min(list_start[p + 1u], start + uniforms.entries);
  for (var n = start; n < end; n++) {
    storageBarrier();
    let row = list[n];
    let last = row_start[row + 1u];
    for (var m = row_start[row] + local; m < last; m += workgroup_size) {
      sums[sum + column[m]] += uniforms.weight * value[m];
    }
  }
}
