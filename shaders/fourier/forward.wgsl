// y = a·b in the packed spectrum of a real signal of even length d: a row holds the real parts of the
// bins 0..d/2, then the imaginary parts of the bins 1..d/2−1; those of bins 0 and d/2 are zero. b has
// a row for each row of a, or one row for all (`other_rows` 1); `conjugate` takes the conjugate of b.
// Bins from `bins` on are dropped. Stores. One invocation an Element of half a row.

override conjugate: bool = false;

@group(0) @binding(0) var<storage, read> a: array<Element>;
@group(0) @binding(1) var<storage, read> b: array<Element>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let half = uniforms.half;
  let thread = thread_index(group, groups, local);
  let row = thread / half;
  let place = thread % half;
  if (row >= uniforms.rows) { return; }
  let at = row * 2u * half + place;
  let b_at = (row % uniforms.other_rows) * 2u * half + place;
  let real = is_real(place);
  let left = a[at];
  let left_imaginary = a[at + half];
  let right = b[b_at];
  let right_imaginary = b[b_at + half];
  let turned = select(1.0, -1.0, conjugate) * right_imaginary;
  let y_real = left * right - (1.0 - real) * left_imaginary * turned;
  let y_imaginary = (1.0 - real) * (left * turned + left_imaginary * right) +
    real * left_imaginary * right_imaginary;
  y[at] = kept_real(place) * y_real;
  y[at + half] = kept_imaginary(place) * y_imaginary;
}
