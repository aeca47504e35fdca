// parts[s, m, c] = Σ dy[r, m]·x[first_row + r, c] over the rows r of part s, for up to four outputs m from `first_out` on.
// Stores; reduce/combine.wgsl adds the parts in order. One invocation a part and vector of four columns.

struct Uniforms {
  rows: u32,
  vectors: u32,
  out: u32,
  first_row: u32,
  first_out: u32,
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
  let split = thread / uniforms.vectors;
  if (split >= uniforms.splits) { return; }
  let out = uniforms.out;
  let most = out - 1u;
  let end = min(uniforms.rows, (split + 1u) * uniforms.part);
  var s0 = vec4<f32>(0.0);
  var s1 = vec4<f32>(0.0);
  var s2 = vec4<f32>(0.0);
  var s3 = vec4<f32>(0.0);
  for (var row = split * uniforms.part; row < end; row++) {
    let value = x[(uniforms.first_row + row) * uniforms.vectors + c];
    let at = row * out;
    // Outputs beyond the last are those of the last once more, and are not stored.
    s0 += dy[at + uniforms.first_out] * value;
    s1 += dy[at + min(uniforms.first_out + 1u, most)] * value;
    s2 += dy[at + min(uniforms.first_out + 2u, most)] * value;
    s3 += dy[at + min(uniforms.first_out + 3u, most)] * value;
  }
  let left = out - uniforms.first_out;
  let place = (split * out + uniforms.first_out) * uniforms.vectors + c;
  parts[place] = s0;
  if (left > 1u) { parts[place + uniforms.vectors] = s1; }
  if (left > 2u) { parts[place + 2u * uniforms.vectors] = s2; }
  if (left > 3u) { parts[place + 3u * uniforms.vectors] = s3; }
}
