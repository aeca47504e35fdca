// What both kernels compute of a tile, and their operands. A tile has the logits l[r, j] = cos(a_r, b_j)/τ of rows
// first_row on, all columns. Row j stands for times_j places of the batch. Stores
//   contribution[own] = times_own·(log Σ_j times_j·exp(l[r, j]) − l[r, own]), own = first_row + r,
// and the gradient of weight·(Σ contributions)/places in place:
//   scale·times_own·(times_j·exp(l[r, j])/Σ − 1[j = own]), scale = warmth·weight/(places·τ).
// warmth grows from 0 to 1 as another term of the loss falls from what guessing costs by a share of that.
// Rows and columns beyond the last different row count for nothing.

struct Uniforms {
  tile_rows: u32,
  columns: u32, // Elements of a row
  width: u32, // columns of an Element
  first_row: u32,
  weight_over_tau: f32,
  term: u32, // that warmth follows
  guessing: f32,
  fall: f32, // 0 for warmth 1
}

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> multiplicity: array<Element>;
@group(0) @binding(2) var<storage, read_write> tile: array<Element>;
@group(0) @binding(3) var<storage, read_write> contributions: array<f32>;
@group(0) @binding(4) var<storage, read> terms: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;
