// With f_b = scale/rows·slope[b]: du_b = f_b·(n_b − p_b), dp_b = −f_b·u_b, dn_b = f_b·u_b. Each is stored (=), or
// added (+=) where its `accumulate_…` is 1. One invocation an element of the three.

override accumulate_user: bool = false;
override accumulate_positive: bool = false;
override accumulate_negative: bool = false;

struct Uniforms {
  count: u32,
  columns: u32, // Elements of a row
  scale: f32,
}

@group(0) @binding(0) var<storage, read> user: array<Element>;
@group(0) @binding(1) var<storage, read> positive: array<Element>;
@group(0) @binding(2) var<storage, read> negative: array<Element>;
@group(0) @binding(3) var<storage, read> slope: array<f32>;
@group(0) @binding(4) var<storage, read> state: StepState;
@group(0) @binding(5) var<storage, read_write> duser: array<Element>;
@group(0) @binding(6) var<storage, read_write> dpositive: array<Element>;
@group(0) @binding(7) var<storage, read_write> dnegative: array<Element>;
@group(0) @binding(8) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count * uniforms.columns) { return; }
  let factor = uniforms.scale / f32(max(state.batch_rows, 1u)) * slope[at / uniforms.columns];
  let u = factor * user[at];
  var du = factor * (negative[at] - positive[at]);
  var dp = -u;
  var dn = u;
  if (accumulate_user) { du += duser[at]; }
  if (accumulate_positive) { dp += dpositive[at]; }
  if (accumulate_negative) { dn += dnegative[at]; }
  duser[at] = du;
  dpositive[at] = dp;
  dnegative[at] = dn;
}
