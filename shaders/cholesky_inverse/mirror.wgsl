// A ← scale·A on and left of the diagonal, and what is left of it also to the right, as far as the block of rows
// has both: rows `first` on of a symmetric matrix. Overwrites. An invocation has 4×4 numbers.

struct Uniforms { // sizes are multiples of 4
  rows: u32, // of the block
  stride: u32, // numbers from one row to the next
  first: u32, // the block's first row in the matrix
  scale: f32,
}

@group(0) @binding(0) var<storage, read_write> a: array<vec4<f32>>;
@group(0) @binding(1) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let tile = thread_index(group, groups, local);
  let across = (uniforms.first + uniforms.rows) / 4u;
  let r = 4u * (tile / across);
  let column = 4u * (tile % across);
  let row = uniforms.first + r;
  if (r >= uniforms.rows || column > row) { return; }
  let stride = uniforms.stride / 4u;
  let at = r * stride + column / 4u;
  var part = mat4x4<f32>(a[at], a[at + stride], a[at + 2u * stride], a[at + 3u * stride]);
  if (column == row) {
    part = mat4x4<f32>(
      vec4<f32>(part[0].x, part[1].x, part[2].x, part[3].x),
      vec4<f32>(part[1].x, part[1].y, part[2].y, part[3].y),
      vec4<f32>(part[2].x, part[2].y, part[2].z, part[3].z),
      part[3],
    );
  }
  part = uniforms.scale * part;
  a[at] = part[0];
  a[at + stride] = part[1];
  a[at + 2u * stride] = part[2];
  a[at + 3u * stride] = part[3];
  if (column < uniforms.first || column == row) { return; }
  let turned = transpose(part);
  let across_at = (column - uniforms.first) * stride + row / 4u;
  a[across_at] = turned[0];
  a[across_at + stride] = turned[1];
  a[across_at + 2u * stride] = turned[2];
  a[across_at + 3u * stride] = turned[3];
}
