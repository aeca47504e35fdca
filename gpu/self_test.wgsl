// What a device must get right before it is trusted (webgpu.md, traps 1 and 5): each slot of the
// output is one answer. The long loop has a workgroup of its own: a driver that stops loops counts all
// turns of an invocation.

struct Uniforms {
  turns: u32,
  zero: f32, // 0, which the compiler does not know
  size: u32, // 16, which it does not know either: it would unroll the loops, and take long
}

@group(0) @binding(0) var<storage, read> factors: array<f32>; // two 16×16 matrices
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3<u32>) {
  if (group.x == 0u) {
    // Slot 0: how many turns of a long loop were taken.
    var turns = 0u;
    for (var n = 0u; n < uniforms.turns; n++) { turns += 1u + u32(uniforms.zero); }
    output[0] = turns;
    return;
  }
  // Slot 1: NaN and the infinities are told from numbers by their bits, 1 bit each.
  let infinity = bitcast<f32>(0x7f800000u + u32(uniforms.zero));
  let not_a_number = bitcast<f32>(0x7fc00000u + u32(uniforms.zero));
  output[1] = select(0u, 1u, !is_finite(not_a_number)) | select(0u, 2u, !is_finite(infinity)) |
    select(0u, 4u, is_finite(3.0e38 + uniforms.zero)) | select(0u, 8u, is_finite(uniforms.zero));
  // Slots 2 to 5: the random bits of (1, 2, 3, 4).
  let bits = random_bits(1u + u32(uniforms.zero), 2u, 3u, 4u);
  output[2] = bits.x;
  output[3] = bits.y;
  output[4] = bits.z;
  output[5] = bits.w;
  // From slot 8 on: a product of two 16×16 matrices.
  let size = uniforms.size;
  for (var place = 0u; place < size * size; place++) {
    var sum = 0.0;
    for (var k = 0u; k < size; k++) {
      sum += factors[place / size * size + k] * factors[size * size + k * size + place % size];
    }
    output[8u + place] = bitcast<u32>(sum);
  }
}
