// dtable[first_row + rows[b]] = dy[first_place + b] for a list whose rows all differ. Stores, or adds (+=) where
// `accumulate` is 1; rows that the list lacks stay as they are. The table may be some columns of dy, from
// `first_column` on.

override accumulate: bool = false;

struct Uniforms {
  count: u32,
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
  stride: u32, // Elements of a row of dy
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read_write> dtable: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let b = thread / uniforms.columns;
  let column = thread % uniforms.columns;
  if (b >= uniforms.count) { return; }
  let row = rows[b];
  if (row == none) { return; }
  let at = (uniforms.first_row + row) * uniforms.columns + column;
  var value = dy[(uniforms.first_place + b) * uniforms.stride + uniforms.first_column + column];
  if (accumulate) { value += dtable[at]; }
  dtable[at] = value;
}
