// y[r, y_column + c] = weights[r, band]·x[r, x_column + c], or += for the bands after the first
// (`accumulate`): a band's part of a weighted sum of bands. With the weights of the sum it is the
// backward pass towards a band.

override accumulate: bool = false;

struct Uniforms {
  count: u32, // Elements in all
  columns: u32, // Elements of a band's row
  x_columns: u32, // Elements of a row of x
  x_column: u32,
  y_columns: u32,
  y_column: u32,
  bands: u32,
  band: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  if (thread >= uniforms.count) { return; }
  let row = thread / uniforms.columns;
  let column = thread % uniforms.columns;
  let at = row * uniforms.y_columns + uniforms.y_column + column;
  var value = weights[row * uniforms.bands + uniforms.band] *
    x[row * uniforms.x_columns + uniforms.x_column + column];
  if (accumulate) { value += y[at]; }
  y[at] = value;
}
