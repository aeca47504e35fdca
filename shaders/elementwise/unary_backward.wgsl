// dx = dy·f'(x), from x and y = f(x); operations as in unary_forward.wgsl. Stores (=), or adds (+=)
// where `accumulate` is 1; rows that do not count are cleared or left.

override operation: u32 = 0u;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  row_vectors: u32, // vectors of a row, where rows are counted
  alpha: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> y: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> dx: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

fn slope(at: u32) -> vec4<f32> {
  let zero = vec4<f32>(0.0);
  let one = vec4<f32>(1.0);
  switch (operation) {
    case 1u: { return y[at] * (one - y[at]); }
    case 2u: { return one - y[at] * y[at]; }
    case 3u: { return select(zero, one, x[at] > zero); }
    case 4u: { return select(one, vec4<f32>(uniforms.alpha), x[at] < zero); }
    case 5u: { return y[at]; }
    case 6u: { return 2.0 * x[at]; }
    default: { return vec4<f32>(uniforms.alpha); }
  }
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  let end = counting(uniforms.vectors, uniforms.row_vectors);
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (has_count && !accumulate && at >= end && at < uniforms.vectors) {
      dx[at] = vec4<f32>(0.0);
    }
    if (at < end) {
      var value = dy[at] * slope(at);
      if (accumulate) { value += dx[at]; }
      dx[at] = value;
    }
  }
}
