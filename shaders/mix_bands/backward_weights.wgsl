// dweights[r, band] = Σ_c x[r, x_column + c]·dy[r, c]. Stores (=), or adds (+=) where `accumulate` is 1. One
// invocation a row.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a band's row
  x_columns: u32, // Elements of a row of x
  x_column: u32,
  bands: u32,
  band: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> dy: array<Element>;
@group(0) @binding(2) var<storage, read_write> dweights: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.columns;
  var sum = Element();
  let own = row * uniforms.x_columns + uniforms.x_column;
  for (var c = 0u; c < uniforms.columns; c++) { sum += x[own + c] * dy[start + c]; }
  var value = total(sum);
  let place = row * uniforms.bands + uniforms.band;
  if (accumulate) { value += dweights[place]; }
  dweights[place] = value;
}
