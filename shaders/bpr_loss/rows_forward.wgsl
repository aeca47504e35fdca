// y[b] = −log σ(u_b·p_b − u_b·n_b) for the rows of the batch, 0 for those that a short batch lacks, and
// slope[b] = σ(u_b·n_b − u_b·p_b) for the backward pass. Stores. One invocation a row; each row of u is read
// once for both products. (BPR: Rendle et al., UAI 2009; methods.md, §1.)

struct Uniforms {
  count: u32,
  columns: u32, // Elements of a row
}

@group(0) @binding(0) var<storage, read> user: array<Element>;
@group(0) @binding(1) var<storage, read> positive: array<Element>;
@group(0) @binding(2) var<storage, read> negative: array<Element>;
@group(0) @binding(3) var<storage, read> state: StepState;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<storage, read_write> slope: array<f32>;
@group(0) @binding(6) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let b = thread_index(group, groups, local);
  if (b >= uniforms.count) { return; }
  let start = b * uniforms.columns;
  var liked = Element();
  var other = Element();
  for (var at = start; at < start + uniforms.columns; at++) {
    let u = user[at];
    liked += u * positive[at];
    other += u * negative[at];
  }
  let gap = total(other) - total(liked);
  let counts = b < state.batch_rows;
  y[b] = select(0.0, softplus(gap), counts);
  slope[b] = select(0.0, logistic(gap), counts);
}
