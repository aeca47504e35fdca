// Computes what operands.wgsl declares, by an invocation a row, whose columns it takes as Elements. What does not count
// gets 0 up to a whole four.

override shares: u32 = 1u; // of the dispatch, over which the work is dealt out

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
