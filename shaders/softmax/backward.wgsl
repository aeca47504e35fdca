// dx[r] = y[r] ⊙ (dy[r] − Σ_c y[r, c]·dy[r, c]). Stores (=), or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> y: array<Element>;
@group(0) @binding(1) var<storage, read> dy: array<Element>;
@group(0) @binding(2) var<storage, read_write> dx: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.columns;
  let end = start + uniforms.columns;
  if (row >= counting(uniforms.rows, 1u)) {
    for (var at = start; at < end && !accumulate; at++) { dx[at] = Element(); }
    return;
  }
  var sum = Element();
  for (var at = start; at < end; at++) { sum += y[at] * dy[at]; }
  let inner = total(sum);
  for (var at = start; at < end; at++) {
    var value = y[at] * (dy[at] - inner);
    if (accumulate) { value += dx[at]; }
    dx[at] = value;
  }
}
