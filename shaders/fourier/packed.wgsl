// What products of packed spectra have in common. An Element of a row holds neighbouring bins: its real parts
// stand at `at`, its imaginary parts half a row further on. Only in the place of bin 0's imaginary part, which
// is zero, stands the real part of bin d/2: two real numbers, each multiplied by itself alone.

struct Uniforms {
  rows: u32,
  half: u32, // Elements of half a row
  width: u32, // bins of an Element
  other_rows: u32, // 1, or as many as rows
  bins: u32, // bins that are kept
}

// 1 where two real numbers stand, 0 where a complex one does.
fn is_real(place: u32) -> Element {
  if (place > 0u) { return Element(); }
  return unit_component(0u);
}

// 1 for the real parts that are kept.
fn kept_real(place: u32) -> Element {
  let first = place * uniforms.width;
  return first_components(Element() + 1.0, uniforms.bins - min(first, uniforms.bins));
}

// 1 for the imaginary parts that are kept, and for bin d/2 where it is.
fn kept_imaginary(place: u32) -> Element {
  let real = is_real(place);
  let keeps_last = uniforms.bins > uniforms.half * uniforms.width;
  return kept_real(place) * (1.0 - real) + real * select(0.0, 1.0, keeps_last);
}
