// dtable[first_row + r] += Σ_{b: rows[b]=r} dy[first_place + b]. Adds (+=); rows that the list lacks stay as they
// are. The table may be some columns of dy, from `first_column` on.
//
// `order` sorts the list by row: the invocation at the first place of a row's run owns the row, and
// sums the run in its order. No atomics, and the same bytes every time (webgpu.md, trap 8). A launch takes the places
// from `first` to `end` alone, and each run as far as it lies there.

struct Uniforms {
  first: u32,
  end: u32,
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
  stride: u32, // Elements of a row of dy
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read_write> dtable: array<Element>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let place = uniforms.first + thread / uniforms.columns;
  let column = thread % uniforms.columns;
  if (place >= uniforms.end) { return; }
  let row = rows[order[place]];
  if (row == none) { return; }
  if (place > uniforms.first && rows[order[place - 1u]] == row) { return; }
  var sum = Element();
  for (var at = place; at < uniforms.end; at++) {
    let b = order[at];
    if (rows[b] != row) { break; }
    sum += dy[(uniforms.first_place + b) * uniforms.stride + uniforms.first_column + column];
  }
  dtable[(uniforms.first_row + row) * uniforms.columns + column] += sum;
}
