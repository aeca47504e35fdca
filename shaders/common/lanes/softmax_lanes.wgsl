// Lanes that find the logarithm of a sum of exponentials: the Share of each is (greatest, sum of exp(l − greatest)) of the
// logits l that it has read.

alias Share = vec2<f32>;

fn combined(a: Share, b: Share) -> Share {
  let greatest = max(a.x, b.x);
  return vec2<f32>(greatest, a.y * exp(a.x - greatest) + b.y * exp(b.x - greatest));
}
