// y[first_place + b] = table[first_row + rows[b]], and zeros where rows[b] is `none`. Stores; the table may be
// some columns of y, from `first_column` on.

struct Uniforms {
  count: u32, // length of the list
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
  stride: u32, // Elements of a row of y
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> table: array<Element>;
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;
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
  var value = Element();
  if (row != none) { value = table[(uniforms.first_row + row) * uniforms.columns + column]; }
  y[(uniforms.first_place + b) * uniforms.stride + uniforms.first_column + column] = value;
}
