// What both backward kernels compute, and their operands:
//   dx[r] = (dy[r] − y[r]·(y[r]·dy[r]))/‖x[r]‖,
// where row r of y and dy is as forward_operands.wgsl says. Stores (=), or adds (+=) where `accumulate` is 1. A row
// of zeros has no direction; it gets the gradient of x/1e-12, as in PyTorch, unless dy is zero there.

override accumulate: bool = false;

struct Uniforms { // as in forward_operands.wgsl
  rows: u32,
  columns: u32,
  x_columns: u32,
  x_column: u32,
  y_columns: u32,
  first_row: u32,
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> y: array<Element>;
@group(0) @binding(1) var<storage, read> length: array<f32>;
@group(0) @binding(2) var<storage, read> dy: array<Element>;
@group(0) @binding(3) var<storage, read_write> dx: array<Element>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;
