// y[c] = Σ_r times_r·x[r, c]/places: the mean over the places of a list, from its different rows and how
// often each is there. Stores. One invocation an Element of columns.

struct Uniforms {
  columns: u32, // Elements of a row
  rows_a_node: u32,
  factor: f32, // of the mean
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> multiplicity: array<f32>;
@group(0) @binding(2) var<storage, read> counts: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<Element>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let column = thread_index(group, groups, local);
  if (column >= uniforms.columns) { return; }
  var sum = Element();
  var at = column;
  for (var node = 0u; node < counts[0]; node++) {
    var part = Element();
    for (var n = 0u; n < uniforms.rows_a_node; n++) {
      part += x[at];
      at += uniforms.columns;
    }
    sum += multiplicity[node] * part;
  }
  y[column] = uniforms.factor / f32(max(counts[1], 1u)) * sum;
}
