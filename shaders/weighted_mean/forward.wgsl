// parts[p, c] = factor/places·Σ_{r of the nodes of part p} times_r·x[r, c]: of the mean over the places of a list,
// from its different rows and how often each is there. Stores; reduce/combine.wgsl adds the parts in order. One
// invocation a part and Element of columns.

struct Uniforms {
  columns: u32, // Elements of a row
  rows_a_node: u32,
  factor: f32, // of the mean
  part: u32, // nodes of a part
  splits: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> multiplicity: array<f32>;
@group(0) @binding(2) var<storage, read> counts: array<u32>;
@group(0) @binding(3) var<storage, read_write> parts: array<Element>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let split = thread / uniforms.columns;
  if (split >= uniforms.splits) { return; }
  var sum = Element();
  let first = split * uniforms.part;
  var at = first * uniforms.rows_a_node * uniforms.columns + thread % uniforms.columns;
  for (var node = first; node < min(first + uniforms.part, counts[0]); node++) {
    var own = Element();
    for (var n = 0u; n < uniforms.rows_a_node; n++) {
      own += x[at];
      at += uniforms.columns;
    }
    sum += multiplicity[node] * own;
  }
  parts[thread] = uniforms.factor / f32(max(counts[1], 1u)) * sum;
}
