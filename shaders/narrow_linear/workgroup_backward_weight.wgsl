// Computes what backward_weight_operands.wgsl declares, by a workgroup a part and some vectors of columns side by side,
// `lanes` invocations of which share the rows of a vector.

// Four vectors: what the lane's rows add to each of four outputs.
alias Share = mat4x4<f32>;

fn combined(a: Share, b: Share) -> Share { return a + b; }

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let across = workgroup_size / lanes;
  let place = local & (across - 1u);
  let lane = local / across;
  let blocks = (uniforms.vectors + across - 1u) / across;
  let index = group.y * groups.x + group.x;
  let split = index / blocks;
  let c = (index - split * blocks) * across + place;
  let is_inside = split < uniforms.splits && c < uniforms.vectors;
  let out = uniforms.out;
  let most = out - 1u;
  let end = select(0u, min(uniforms.rows, (split + 1u) * uniforms.part), is_inside);
  var sums = Share();
  for (var row = split * uniforms.part + lane; row < end; row += lanes) {
    let value = x[(uniforms.first_row + row) * uniforms.vectors + c];
    let at = row * out;
    // Outputs beyond the last are those of the last once more, and are not stored.
    sums += Share(
      dy[at + uniforms.first_out] * value,
      dy[at + min(uniforms.first_out + 1u, most)] * value,
      dy[at + min(uniforms.first_out + 2u, most)] * value,
      dy[at + min(uniforms.first_out + 3u, most)] * value,
    );
  }
  let all = combine_lanes(place * lanes + lane, sums);
  if (!is_inside || lane > 0u) { return; }
  let left = out - uniforms.first_out;
  let target_place = (split * out + uniforms.first_out) * uniforms.vectors + c;
  parts[target_place] = all[0];
  if (left > 1u) { parts[target_place + uniforms.vectors] = all[1]; }
  if (left > 2u) { parts[target_place + 2u * uniforms.vectors] = all[2]; }
  if (left > 3u) { parts[target_place + 3u * uniforms.vectors] = all[3]; }
}
