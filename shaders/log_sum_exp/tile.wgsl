// A tile of the logits l[i, j] = scale·x_i·x_j: rows i from `first` on, columns j from `first` on, for l is
// symmetric: what stands left of the tile is the mirror image of earlier ones. Rows of the same node
// count as often as the node is in the batch; rows beyond the different nodes do not count.

// A constant: a division by a number that the compiler does not know costs lavapipe more than an exponential.
override rows_a_node: u32 = 1u;

struct Uniforms {
  rows: u32, // of the tile
  columns: u32, // of a row of the tile
  first: u32,
}

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> multiplicity: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

fn rows_in_all() -> u32 { return counts[0] * rows_a_node; }

// How often row n of x counts; 0 beyond the last.
fn times(n: u32) -> f32 { return multiplicity[n / rows_a_node]; }

fn columns_in_all() -> u32 {
  let all = rows_in_all();
  return min(uniforms.columns, max(all, uniforms.first) - uniforms.first);
}
