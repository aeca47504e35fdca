// Adds a strip's parts, in order, to the sums of its rows and of all rows below: sums[i] = Σ_j times_j·e_ij. The
// strip's own rows are complete then: y[i] = scale + log(sums[i]), 0 beyond the last row that counts. One
// invocation a row, from the strip's first on.

override wide: bool = false;
override rows_a_tile: u32 = 8u;
override is_first: bool = false;

struct Uniforms { // those of operands.wgsl that it needs
  first: u32,
  rows: u32,
  height: u32,
  padded: u32,
  rows_a_node: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> row_parts: array<f32>;
@group(0) @binding(2) var<storage, read> column_parts: array<f32>;
@group(0) @binding(3) var<storage, read_write> sums: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = thread_index(group, groups, local);
  let own = uniforms.first + place;
  if (own >= uniforms.height) { return; }
  let all = min(counts[0] * uniforms.rows_a_node, uniforms.height);
  if (own >= all) {
    if (place < uniforms.rows) { y[own] = 0.0; }
    return;
  }
  var sum = 0.0;
  if (!is_first) { sum = sums[own]; }
  let width = select(8u, 16u, wide);
  if (place < uniforms.rows) {
    let blocks = (uniforms.padded - uniforms.first) / width;
    let counted = (all - uniforms.first + width - 1u) / width;
    for (var block = 0u; block < counted; block++) { sum += row_parts[place * blocks + block]; }
    y[own] = uniforms.scale + log(sum);
  } else {
    // Rows above one that counts count as well: all of the strip's.
    for (var tile = 0u; tile < (uniforms.rows + rows_a_tile - 1u) / rows_a_tile; tile++) {
      sum += column_parts[tile * uniforms.padded + own];
    }
  }
  sums[own] = sum;
}
