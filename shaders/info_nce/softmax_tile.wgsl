// A tile of the logits l[r, j] = cos(a_r, b_j)/τ of rows first_row on, all columns. Stores
//   contribution[first_row + r] = log Σ_j exp(l[r, j]) − l[r, own], own = first_row + r,
// and the gradient of weight·mean contribution in place: scale·(softmax − 1[j = own]), scale =
// weight/(rows·τ). Rows and columns that a short batch lacks count for nothing. An invocation a row.

struct Uniforms {
  tile_rows: u32,
  columns: u32,
  first_row: u32,
  weight_over_tau: f32,
}

@group(0) @binding(0) var<storage, read> state: StepState;
@group(0) @binding(1) var<storage, read_write> tile: array<f32>;
@group(0) @binding(2) var<storage, read_write> contributions: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.tile_rows) { return; }
  let own = uniforms.first_row + row;
  let start = row * uniforms.columns;
  let used = min(uniforms.columns, state.batch_rows);
  if (own >= used) {
    for (var j = 0u; j < uniforms.columns; j++) { tile[start + j] = 0.0; }
    contributions[own] = 0.0;
    return;
  }
  let own_logit = tile[start + own];
  var greatest = own_logit;
  for (var j = 0u; j < used; j++) { greatest = max(greatest, tile[start + j]); }
  var sum = 0.0;
  for (var j = 0u; j < used; j++) {
    let power = exp(tile[start + j] - greatest);
    tile[start + j] = power;
    sum += power;
  }
  contributions[own] = greatest - own_logit + log(sum);
  let scale = uniforms.weight_over_tau / f32(used);
  let factor = scale / sum;
  for (var j = 0u; j < used; j++) { tile[start + j] *= factor; }
  for (var j = used; j < uniforms.columns; j++) { tile[start + j] = 0.0; }
  tile[start + own] -= scale;
}
