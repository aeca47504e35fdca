// Counter-based random numbers: pcg4d (Jarzynski and Olano, "Hash Functions for GPU Rendering",
// JCGT 9(3), 2020), keyed by (seed, stream, step, index). gpu/random.ts computes the same bits.

fn random_bits(seed: u32, stream: u32, step: u32, index: u32) -> vec4<u32> {
  var v = vec4<u32>(seed, stream, step, index) * 1664525u + 1013904223u;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  v ^= v >> vec4<u32>(16u);
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v;
}

// In [0, 1), with 24 bits.
fn uniform_of(bits: u32) -> f32 {
  return f32(bits >> 8u) * 5.9604644775390625e-8;
}
