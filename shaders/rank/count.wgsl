// ranks[first + n] += the candidates of a segment that are ahead of held-out item n of a block: a greater score, or
// the same score and a smaller index (methods.md, §1). Integers, so the order of additions is free; the ranks are 0
// before. A held-out item whose score is NaN gets `unranked`: nothing is greater than NaN, so it would be the best of
// all.

struct Uniforms {
  items: u32,
  stride: u32, // numbers from one row of the scores to the next
  segments: u32, // parts that the items are cut in
  segment: u32, // items of a part
}

@group(0) @binding(0) var<storage, read> held_out: PairList;
@group(0) @binding(1) var<storage, read> scores: array<f32>;
@group(0) @binding(2) var<storage, read_write> ranks: array<atomic<u32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const unranked = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let n = thread / uniforms.segments;
  if (n >= held_out.count) { return; }
  let pair = held_out.pairs[n];
  let row = pair.x * uniforms.stride;
  let own = scores[row + pair.y];
  if (is_nan(own)) {
    atomicMax(&ranks[held_out.first + n], unranked);
    return;
  }
  let start = (thread % uniforms.segments) * uniforms.segment;
  let end = min(uniforms.items, start + uniforms.segment);
  var ahead = 0u;
  for (var item = start; item < end; item++) {
    let score = scores[row + item];
    ahead += select(0u, 1u, score > own || (score == own && item < pair.y));
  }
  if (ahead > 0u) { atomicAdd(&ranks[held_out.first + n], ahead); }
}
