// A tile of the logits l[r, j] = cos(a_r, b_j)/τ of rows first_row on, all columns. Stores
//   contribution[first_row + r] = log Σ_j exp(l[r, j]) − l[r, own], own = first_row + r,
// and the gradient of weight·mean contribution in place: scale·(softmax − 1[j = own]), scale =
// weight/(rows·τ). Rows and columns that a short batch lacks count for nothing. An invocation a row,
// whose columns it takes as Elements.

struct Uniforms {
  tile_rows: u32,
  columns: u32, // Elements of a row
  width: u32, // columns of an Element
  first_row: u32,
  weight_over_tau: f32,
}

@group(0) @binding(0) var<storage, read> state: StepState;
@group(0) @binding(1) var<storage, read_write> tile: array<Element>;
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
  let end = start + uniforms.columns;
  let used = state.batch_rows;
  if (own >= used) {
    for (var at = start; at < end; at++) { tile[at] = Element(); }
    contributions[own] = 0.0;
    return;
  }
  let own_element = start + own / uniforms.width;
  let own_logit = component(tile[own_element], own % uniforms.width);
  // Columns from `used` on belong to no row of the batch: the first of them stands in this Element.
  let border = start + used / uniforms.width;
  var greatest = Element() + own_logit;
  for (var at = start; at < border; at++) { greatest = max(greatest, tile[at]); }
  let rest = used % uniforms.width;
  for (var c = 0u; c < rest; c++) {
    greatest = max(greatest, Element() + component(tile[border], c));
  }
  let shift = largest(greatest);
  var sum = Element();
  for (var at = start; at < border; at++) {
    let power = exp(tile[at] - shift);
    tile[at] = power;
    sum += power;
  }
  if (border < end) {
    let power = first_components(exp(tile[border] - shift), rest);
    tile[border] = power;
    sum += power;
  }
  let whole = total(sum);
  contributions[own] = shift - own_logit + log(whole);
  let scale = uniforms.weight_over_tau / f32(used);
  let factor = scale / whole;
  for (var at = start; at < min(border + 1u, end); at++) { tile[at] *= factor; }
  for (var at = border + 1u; at < end; at++) { tile[at] = Element(); }
  tile[own_element] -= scale * unit_component(own % uniforms.width);
}
