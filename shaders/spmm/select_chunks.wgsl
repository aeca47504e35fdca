// Stores what marked_chunks.wgsl declares, chunks in their order.
//
// One workgroup: each invocation counts the marked rows of its part of the chunks, a scan in
// workgroup memory gives its first place, and it copies them there.

@group(0) @binding(4) var<storage, read_write> selected_count: array<u32>;

const threads = 256u;
var<workgroup> counts: array<u32, threads>;

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) local: u32) {
  let part = (uniforms.chunks + threads - 1u) / threads;
  let start = min(local * part, uniforms.chunks);
  let end = min(start + part, uniforms.chunks);
  var count = 0u;
  for (var n = start; n < end; n++) {
    count += select(0u, 1u, marks[chunks[n].x] == state.step + 1u);
  }
  counts[local] = count;
  workgroupBarrier();
  for (var stride = 1u; stride < threads; stride *= 2u) {
    var before = 0u;
    if (local >= stride) { before = counts[local - stride]; }
    workgroupBarrier();
    counts[local] += before;
    workgroupBarrier();
  }
  var place = counts[local] - count;
  for (var n = start; n < end; n++) {
    let chunk = chunks[n];
    if (marks[chunk.x] != state.step + 1u) { continue; }
    selected[place] = chunk;
    place += 1u;
  }
  if (local == threads - 1u) { selected_count[0] = counts[local]; }
}
