// A tile of the logits l[r, j] = cos(a_r, b_j)/τ of rows first_row on, all columns. Row j stands for times_j
// places of the batch. Stores
//   contribution[own] = times_own·(log Σ_j times_j·exp(l[r, j]) − l[r, own]), own = first_row + r,
// and the gradient of weight·(Σ contributions)/places in place:
//   scale·times_own·(times_j·exp(l[r, j])/Σ − 1[j = own]), scale = warmth·weight/(places·τ).
// warmth grows from 0 to 1 as another term of the loss falls from what guessing costs by a share of that.
// Rows and columns beyond the last different row count for nothing: they get 0 up to a whole four.
// An invocation a row, whose columns it takes as Elements.

override shares: u32 = 1u; // of the dispatch, over which the work is dealt out

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

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = spread_thread_index(group, groups, local, shares);
  if (row >= uniforms.tile_rows) { return; }
  let own = uniforms.first_row + row;
  let start = row * uniforms.columns;
  let used = counts[0];
  // The Element in which the first column that does not count stands, if it does stand in one.
  let border = used / uniforms.width;
  let rest = used % uniforms.width;
  if (own >= used) {
    contributions[own] = 0.0;
    if (own < (used + 3u) / 4u * 4u) {
      for (var n = 0u; n < uniforms.columns; n++) { tile[start + n] = Element(); }
    }
    return;
  }
  let own_element = own / uniforms.width;
  let own_part = own % uniforms.width;
  let own_logit = component(tile[start + own_element], own_part);
  let own_times = component(multiplicity[own_element], own_part);
  var greatest = Element() + own_logit;
  for (var n = 0u; n < border; n++) { greatest = max(greatest, tile[start + n]); }
  for (var c = 0u; c < rest; c++) {
    greatest = max(greatest, Element() + component(tile[start + border], c));
  }
  let shift = largest(greatest);
  var sum = Element();
  for (var n = 0u; n < border; n++) {
    let power = multiplicity[n] * exp(tile[start + n] - shift);
    tile[start + n] = power;
    sum += power;
  }
  if (rest > 0u) {
    let power = multiplicity[border] * exp(tile[start + border] - shift);
    let kept = first_components(power, rest);
    tile[start + border] = kept;
    sum += kept;
  }
  let whole = total(sum);
  contributions[own] = own_times * (shift - own_logit + log(whole));
  let fallen = 1.0 - terms[uniforms.term] / uniforms.guessing;
  let warmth = select(max(0.0, fallen) / uniforms.fall, 1.0, fallen >= uniforms.fall || uniforms.fall == 0.0);
  let scale = warmth * own_times * uniforms.weight_over_tau / f32(counts[1]);
  let factor = scale / whole;
  for (var n = 0u; n < border + u32(rest > 0u); n++) { tile[start + n] *= factor; }
  tile[start + own_element] -= scale * unit_component(own_part);
}
