// Computes what operands.wgsl declares, by one invocation a row and band.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = thread_index(group, groups, local);
  if (place >= uniforms.rows * uniforms.bands) { return; }
  let weight = weights[place];
  let own = place * uniforms.columns;
  let start = place / uniforms.bands * uniforms.columns;
  var sum = Element();
  for (var c = 0u; c < uniforms.columns; c++) {
    let upstream = dy[start + c];
    sum += x[own + c] * upstream;
    var value = weight * upstream;
    if (accumulate_x) { value += dx[own + c]; }
    dx[own + c] = value;
  }
  var slope = total(sum);
  if (accumulate_weights) { slope += dweights[place]; }
  dweights[place] = slope;
}
