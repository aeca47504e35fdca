// output[slot] = scale·f(Σ parts), f the identity or the square root, divided by the rows of the
// batch where `per_batch_row` is 1. Stores. One workgroup of 64: each invocation sums in order, then
// a tree in workgroup memory, so the same numbers give the same bits.

override square_root: bool = false;
override per_batch_row: bool = false;

struct Uniforms {
  parts: u32,
  slot: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read> state: StepState;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

var<workgroup> sums: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  for (var at = local; at < uniforms.parts; at += 64u) { sum += parts[at]; }
  sums[local] = sum;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { sums[local] += sums[local + stride]; }
    workgroupBarrier();
  }
  if (local == 0u) {
    var value = sums[0];
    if (square_root) { value = sqrt(value); }
    if (per_batch_row) { value /= f32(max(state.batch_rows, 1u)); }
    output[uniforms.slot] = uniforms.scale * value;
  }
}
