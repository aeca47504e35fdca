// parts[s, m, c] = Σ dy[r, m]·x[first_row + r, c] over the rows r of part s. Stores; reduce/combine.wgsl
// adds the parts in order. One invocation a part, output and vector of four columns.

struct Uniforms {
  rows: u32,
  vectors: u32,
  out: u32,
  first_row: u32,
  part: u32, // rows of a part
  splits: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read_write> parts: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let c = thread % uniforms.vectors;
  let m = (thread / uniforms.vectors) % uniforms.out;
  let split = thread / (uniforms.vectors * uniforms.out);
  if (split >= uniforms.splits) { return; }
  let end = min(uniforms.rows, (split + 1u) * uniforms.part);
  var sum = vec4<f32>(0.0);
  for (var row = split * uniforms.part; row < end; row++) {
    sum += dy[row * uniforms.out + m] * x[(uniforms.first_row + row) * uniforms.vectors + c];
  }
  parts[thread] = sum;
}
