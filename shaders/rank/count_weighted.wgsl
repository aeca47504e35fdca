// ranks[c·rank_stride + first + n] += the items of a segment that are ahead of held-out item n of a block by candidate
// c, whose score is Σ_part weights[c, part]·scores[part]: a greater score, or the same score and a smaller index
// (methods.md, §1). What is masked in the first part is masked in the sum. An invocation takes four candidates, so
// that it reads scores once for them; a held-out item whose score is NaN gets `unranked`. The ranks are 0 before.

override parts: u32 = 1u; // terms of a score

struct Uniforms {
  pairs: u32, // the most that a block has
  items: u32,
  stride: u32, // numbers from one row of the scores to the next
  segments: u32, // parts that the items are cut in
  segment: u32, // items of a part
  part_stride: u32, // numbers from the scores of one part to those of the next
  rank_stride: u32, // ranks of a candidate
}

@group(0) @binding(0) var<storage, read> held_out: PairList;
@group(0) @binding(1) var<storage, read> scores: array<f32>;
@group(0) @binding(2) var<storage, read> weights: array<vec4<f32>>; // of four candidates, part after part
@group(0) @binding(3) var<storage, read> candidates: array<u32>; // how many there are, in the first place
@group(0) @binding(4) var<storage, read_write> ranks: array<atomic<u32>>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

const unranked = 0xffffffffu;
// What rank/mask.wgsl stores.
const masked = -0x1.fffffep+127f;

fn score_of(at: u32, four: u32) -> vec4<f32> {
  let first = scores[at];
  if (first == masked) { return vec4<f32>(masked); }
  var score = weights[four * parts] * first;
  for (var part = 1u; part < parts; part++) {
    score += weights[four * parts + part] * scores[part * uniforms.part_stride + at];
  }
  return score;
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let four = thread / (uniforms.pairs * uniforms.segments);
  if (four * 4u >= candidates[0]) { return; }
  let n = thread / uniforms.segments % uniforms.pairs;
  if (n >= held_out.count) { return; }
  let pair = held_out.pairs[n];
  let row = pair.x * uniforms.stride;
  let own = score_of(row + pair.y, four);
  let start = (thread % uniforms.segments) * uniforms.segment;
  let end = min(uniforms.items, start + uniforms.segment);
  var ahead = vec4<u32>(0u);
  for (var item = start; item < end; item++) {
    let score = score_of(row + item, four);
    let is_ahead = (score > own) | ((score == own) & vec4<bool>(item < pair.y));
    ahead += select(vec4<u32>(0u), vec4<u32>(1u), is_ahead);
  }
  for (var c = 0u; c < 4u && four * 4u + c < candidates[0]; c++) {
    let at = (four * 4u + c) * uniforms.rank_stride + held_out.first + n;
    if (is_nan(own[c])) {
      atomicMax(&ranks[at], unranked);
    } else if (ahead[c] > 0u) {
      atomicAdd(&ranks[at], ahead[c]);
    }
  }
}
