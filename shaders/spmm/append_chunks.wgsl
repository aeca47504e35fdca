// The chunks of marked rows, and their number, which is 0 before: what a product needs whose other rows nobody reads.
// Adds to the number.
//
// Each workgroup counts its own and takes so many places at once. Workgroups come in any order, and so do chunks:
// each has its own row or slot to write, so products do not depend on it.

struct Uniforms {
  chunks: u32,
}

@group(0) @binding(0) var<storage, read> chunks: array<vec4<u32>>; // row, start, end, slot
@group(0) @binding(1) var<storage, read> marks: array<u32>;
@group(0) @binding(2) var<storage, read> state: StepState;
@group(0) @binding(3) var<storage, read_write> selected: array<vec4<u32>>;
@group(0) @binding(4) var<storage, read_write> selected_count: array<atomic<u32>>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

var<workgroup> count: atomic<u32>;
var<workgroup> first: u32;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  let chunk = chunks[min(n, uniforms.chunks - 1u)];
  let is_chosen = n < uniforms.chunks && marks[chunk.x] == state.step + 1u;
  var place = 0u;
  if (is_chosen) { place = atomicAdd(&count, 1u); }
  workgroupBarrier();
  if (local == 0u) { first = atomicAdd(&selected_count[0], atomicLoad(&count)); }
  let start = workgroupUniformLoad(&first);
  if (is_chosen) { selected[start + place] = chunk; }
}
