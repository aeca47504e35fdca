// The gradient of y = a·b (spectrum/forward.wgsl) for one factor: dfactor = dy·conj(other), and where
// that factor entered by its conjugate, conj(dy)·other. Each row of dy gives a row; a factor of one row
// for all takes the sum over them, which the TypeScript adds. Stores (=), or adds (+=) where
// `accumulate` is 1. One invocation an Element of half a row.

override of_conjugate: bool = false; // this factor entered by its conjugate
override other_conjugate: bool = false; // the other factor did
override accumulate: bool = false;

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> other: array<Element>;
@group(0) @binding(2) var<storage, read_write> gradient: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

fn store(at: u32, value: Element) {
  if (accumulate) { gradient[at] += value; } else { gradient[at] = value; }
}

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
  let other_at = (row % uniforms.other_rows) * 2u * half + place;
  let real = is_real(place);
  let upstream = dy[at];
  let upstream_imaginary = dy[at + half];
  let factor = other[other_at];
  let factor_imaginary = other[other_at + half];
  let turned = select(1.0, -1.0, other_conjugate) * factor_imaginary;
  // dy·conj(factor)
  let d_real = upstream * factor + (1.0 - real) * upstream_imaginary * turned;
  let d_complex = upstream_imaginary * factor - upstream * turned;
  let d_imaginary = (1.0 - real) * select(1.0, -1.0, of_conjugate) * d_complex +
    real * upstream_imaginary * factor_imaginary;
  store(at, kept_real(place) * d_real);
  store(at + half, kept_imaginary(place) * d_imaginary);
}
