// The entries of each chunk whose column is marked, and the chunk's new end: what a product needs
// whose other columns meet rows of zeros. Stores. An invocation takes a chunk, so entries keep their
// order.

struct Uniforms {
  chunks: u32,
}

@group(0) @binding(0) var<storage, read> entries: array<vec2<u32>>; // column, value
@group(0) @binding(1) var<storage, read> chunks: array<vec4<u32>>; // row, start, end, slot
@group(0) @binding(2) var<storage, read> marks: array<u32>;
@group(0) @binding(3) var<storage, read> state: StepState;
@group(0) @binding(4) var<storage, read_write> selected: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read_write> shortened: array<vec4<u32>>;
@group(0) @binding(6) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= uniforms.chunks) { return; }
  var chunk = chunks[n];
  var place = chunk.y;
  for (var e = chunk.y; e < chunk.z; e++) {
    let entry = entries[e];
    if (marks[entry.x] == state.step + 1u) {
      selected[place] = entry;
      place += 1u;
    }
  }
  chunk.z = place;
  shortened[n] = chunk;
}
