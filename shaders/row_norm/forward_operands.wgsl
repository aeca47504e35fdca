// What both forward kernels compute, and their operands:
//   y[first_row + r, first_column + c] = x[r, x_column + c]/max(‖x[r]‖, 1e-12), as PyTorch's normalize,
// ‖x[r]‖ being that of the block of columns. Stores; length[r] = ‖x[r]‖ for the backward pass.

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of the block
  x_columns: u32, // Elements of a row of x
  x_column: u32,
  y_columns: u32, // Elements of a row of y
  first_row: u32,
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;
@group(0) @binding(2) var<storage, read_write> length: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
