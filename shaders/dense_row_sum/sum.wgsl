// sums[p, :] = the sum of the rows of a dense table that list p names, added in the order of the list; zeros for
// an empty list. The table has rows `first_row` on, and others count as zeros. An invocation takes four columns of
// a list. Stores (=), or adds the entries of the list from `first` on to what is there (+=) where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  lists: u32,
  vectors: u32, // of four columns in a row
  first_row: u32,
  rows: u32, // of the table
  first: u32, // the first entry of each list that this launch takes
  entries: u32, // how many it takes at most, which bounds the loop (webgpu.md, trap 1)
}

@group(0) @binding(0) var<storage, read> list_start: array<u32>;
@group(0) @binding(1) var<storage, read> list: array<u32>;
@group(0) @binding(2) var<storage, read> table: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> sums: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.lists * uniforms.vectors) { return; }
  let p = at / uniforms.vectors;
  let vector = at % uniforms.vectors;
  var sum = vec4<f32>();
  if (accumulate) { sum = sums[at]; }
  let start = list_start[p] + uniforms.first;
  let end = min(list_start[p + 1u], start + uniforms.entries);
  var is_found = false;
  for (var n = start; n < end; n++) {
    let row = list[n] - uniforms.first_row; // a huge number where it is less
    if (row >= uniforms.rows) { continue; }
    sum += table[row * uniforms.vectors + vector];
    is_found = true;
  }
  if (is_found || !accumulate) { sums[at] = sum; }
}
