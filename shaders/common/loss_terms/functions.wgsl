// log(1+eˣ) and 1/(1+e⁻ˣ) without overflow, and without `log` near 1, which some drivers compute
// badly (webgpu.md, trap 7).

fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  // log1p(e): atanh series for small e, where 1+e loses e's digits.
  let s = e / (2.0 + e);
  let square = s * s;
  let near = 2.0 * s * (1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0))));
  return max(x, 0.0) + select(log(1.0 + e), near, e < 0.25);
}

fn logistic(x: f32) -> f32 {
  let e = exp(-abs(x));
  return select(e, 1.0, x >= 0.0) / (1.0 + e);
}
