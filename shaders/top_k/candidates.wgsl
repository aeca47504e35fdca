// What the kernels of the tournament have in common: which scores may be chosen, and how the first of the greatest
// is found.

// What rank/mask.wgsl stores for items that are no candidates.
const masked = -0x1.fffffep+127f;
const none = 0xffffffffu;

fn greater(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  return select(a, b, b > a);
}

fn greatest_of(a: vec4<f32>) -> f32 {
  let two = greater(a, a.zwxy);
  return greater(two, two.yxwz).x;
}

// Four scores, `masked` in place of NaN and of what lies beyond the items.
fn candidates(scores: vec4<f32>, item: u32, items: u32) -> vec4<f32> {
  let magnitudes = bitcast<vec4<u32>>(scores) & vec4<u32>(0x7fffffffu);
  let is_candidate = (magnitudes <= vec4<u32>(0x7f800000u)) &
    (vec4<u32>(item) + components < vec4<u32>(items));
  return select(vec4<f32>(masked), scores, is_candidate);
}
