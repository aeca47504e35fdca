// Computes what operands.wgsl declares, by a workgroup a row, whose invocations read what lies side by side. Everything
// that does not count gets 0, up to the ends of rows and tile, so that products need no limit of rows.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = group.y * groups.x + group.x;
  if (row >= uniforms.tile_rows) { return; }
  let own = uniforms.first_row + row;
  let start = row * uniforms.columns;
  let used = counts[0];
  if (own >= used) {
    if (local == 0u) { contributions[own] = 0.0; }
    for (var n = local; n < uniforms.columns; n += lanes) { tile[start + n] = Element(); }
    return;
  }
  let own_element = own / uniforms.width;
  let own_part = own % uniforms.width;
  let own_logit = component(tile[start + own_element], own_part);
  let own_times = component(multiplicity[own_element], own_part);
  // Elements in which a column counts; logits are taken from that of the own column on, which is 0 then.
  let counted = (used + uniforms.width - 1u) / uniforms.width;
  var greatest = Element();
  var sum = Element();
  for (var n = local; n < counted; n += lanes) {
    let left = used - n * uniforms.width;
    let logit = first_components(tile[start + n] - own_logit, left);
    let next = max(greatest, logit);
    sum = sum * exp(greatest - next) + first_components(multiplicity[n], left) * exp(logit - next);
    greatest = next;
  }
  let most = largest(greatest);
  let both = combine_lanes(local, vec2<f32>(most, total(sum * exp(greatest - most))));
  // All have read the own column's logit before it is written.
  storageBarrier();
  let shift = both.x;
  let whole = both.y;
  if (local == 0u) { contributions[own] = own_times * (shift + log(whole)); }
  let fallen = 1.0 - terms[uniforms.term] / uniforms.guessing;
  let warmth = select(max(0.0, fallen) / uniforms.fall, 1.0, fallen >= uniforms.fall || uniforms.fall == 0.0);
  let scale = warmth * own_times * uniforms.weight_over_tau / f32(counts[1]);
  let factor = scale / whole;
  for (var n = local; n < uniforms.columns; n += lanes) {
    var value = Element();
    if (n < counted) {
      let left = used - n * uniforms.width;
      let logit = first_components(tile[start + n] - own_logit, left);
      value = factor * (first_components(multiplicity[n], left) * exp(logit - shift));
    }
    if (n == own_element) { value -= scale * unit_component(own_part); }
    tile[start + n] = value;
  }
}
