// The symmetric matrices of orthogonal_bands: `size`×`size` each, `stride` numbers apart.

struct Uniforms {
  matrices: u32,
  size: u32, // d, a multiple of 4
  stride: u32,
  bands: u32,
}

// Bands have ⌊size/bands⌋ eigenvectors, the first size mod bands one more (methods.md, §4 d).
fn band_start(band: u32, size: u32, bands: u32) -> u32 {
  return band * (size / bands) + min(band, size % bands);
}

fn band_of(index: u32, size: u32, bands: u32) -> u32 {
  let short = size / bands;
  let longer = size % bands;
  if (index < longer * (short + 1u)) { return index / (short + 1u); }
  return longer + (index - longer * (short + 1u)) / short;
}
