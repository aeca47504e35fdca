// Lanes that find the logarithm of a sum of exponentials: the Share of each is (greatest, sum of exp(l − greatest)) of the
// logits l that it has read.

alias Share = vec2<f32>;

fn combined(a: Share, b: Share) -> Share {
  let greatest = max(a.x, b.x);
  return vec2<f32>(greatest, a.y * exp(a.x - greatest) + b.y * exp(b.x - greatest));
}

// The Share of four logits, each of which counts so often.
fn share_of(logits: vec4<f32>, counts: vec4<f32>) -> Share {
  let greatest = max(max(logits.x, logits.y), max(logits.z, logits.w));
  return vec2<f32>(greatest, dot(counts, exp(logits - vec4<f32>(greatest))));
}
