// Rows that count, where only the step knows how many: those of Tensor.counted. Kernels leave out the others;
// where they store a gradient, they store zeros there.

override has_count: bool = false;

@group(0) @binding(9) var<storage, read> counted: array<u32>;

// How many of `all` rows count; or of their parts, where each row has several.
fn counting(all: u32, parts: u32) -> u32 {
  if (!has_count) { return all; }
  return min(all, counted[0] * parts);
}
