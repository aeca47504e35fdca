// table[items[n], :] = s·Σ_j table[nearest[n·near + j], :], in the order of j, s such that its length is the mean
// length of these rows (0 where their sum is 0); stores there only. No item is among the nearest of another one.

struct Uniforms {
  count: u32, // items that are written
  near: u32, // items that each of them follows from
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> items: array<u32>;
@group(0) @binding(1) var<storage, read> nearest: array<u32>;
@group(0) @binding(2) var<storage, read_write> table: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= uniforms.count) { return; }
  let row = items[n] * uniforms.columns;
  var lengths = 0.0;
  for (var j = 0u; j < uniforms.near; j++) {
    let other = nearest[n * uniforms.near + j] * uniforms.columns;
    var squares = Element();
    for (var c = 0u; c < uniforms.columns; c++) {
      squares += table[other + c] * table[other + c];
    }
    lengths += sqrt(total(squares));
  }
  var squares = Element();
  for (var c = 0u; c < uniforms.columns; c++) {
    var sum = Element();
    for (var j = 0u; j < uniforms.near; j++) {
      sum += table[nearest[n * uniforms.near + j] * uniforms.columns + c];
    }
    table[row + c] = sum;
    squares += sum * sum;
  }
  var scale = 0.0;
  let length = sqrt(total(squares));
  if (length > 0.0) { scale = lengths / f32(uniforms.near) / length; }
  for (var c = 0u; c < uniforms.columns; c++) {
    table[row + c] *= scale;
  }
}
