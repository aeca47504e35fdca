// The k best items of each user: a greater score first, the smaller index among equals. Stores k
// indices and scores a user; places that a user cannot fill hold `none`.
//
// One workgroup a user. Four rounds of a radix selection, eight bits each, find the k-th greatest
// score; each invocation then collects what is above it, and the ties with the smallest indices, from
// its own part of the items; a counting rank of the at most 1,024 collected ones sorts them.

struct Uniforms {
  users: u32,
  items: u32,
  stride: u32, // numbers from one row of the scores to the next
  k: u32,
}

@group(0) @binding(0) var<storage, read> scores: array<f32>;
@group(0) @binding(1) var<storage, read_write> best_items: array<u32>;
@group(0) @binding(2) var<storage, read_write> best_scores: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const threads = 256u;
const none = 0xffffffffu;
// What rank/mask.wgsl stores for items that are no candidates.
const masked = -0x1.fffffep+127f;

var<workgroup> histogram: array<atomic<u32>, 256>;
var<workgroup> found_bin: u32;
var<workgroup> found_left: u32;
var<workgroup> above_counts: array<u32, threads>;
var<workgroup> tie_counts: array<u32, threads>;
var<workgroup> collected_keys: array<u32, 1024>;
var<workgroup> collected_items: array<u32, 1024>;

// An integer in the order of the scores; −0 equals 0, and NaN is below all of them.
fn key_of(score: f32) -> u32 {
  if (is_nan(score)) { return 0u; }
  let bits = bitcast<u32>(select(score, 0.0, score == 0.0));
  return bits ^ select(0x80000000u, 0xffffffffu, (bits >> 31u) == 1u);
}

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let user = group.y * groups.x + group.x;
  if (user >= uniforms.users) { return; }
  let row = user * uniforms.stride;
  let k = min(uniforms.k, uniforms.items);

  // The k-th greatest key, from its highest byte to its lowest.
  var prefix = 0u;
  var known = 0u; // mask of the bits of the prefix
  var left = k; // places among the items with the prefix
  for (var shift = 24u; shift < 32u; shift -= 8u) {
    atomicStore(&histogram[local], 0u);
    workgroupBarrier();
    for (var item = local; item < uniforms.items; item += threads) {
      let key = key_of(scores[row + item]);
      if ((key & known) == prefix) { atomicAdd(&histogram[(key >> shift) & 255u], 1u); }
    }
    workgroupBarrier();
    if (local == 0u) {
      var bin = 255u;
      var rest = left;
      loop {
        let count = atomicLoad(&histogram[bin]);
        if (count >= rest || bin == 0u) { break; }
        rest -= count;
        bin -= 1u;
      }
      found_bin = bin;
      found_left = rest;
    }
    workgroupBarrier();
    prefix |= found_bin << shift;
    known |= 255u << shift;
    left = found_left;
    workgroupBarrier();
  }

  // Parts of neighbouring items, so that ties are taken by their index.
  let part = (uniforms.items + threads - 1u) / threads;
  let start = min(local * part, uniforms.items);
  let end = min(start + part, uniforms.items);
  var above = 0u;
  var ties = 0u;
  for (var item = start; item < end; item++) {
    let key = key_of(scores[row + item]);
    above += select(0u, 1u, key > prefix);
    ties += select(0u, 1u, key == prefix);
  }
  above_counts[local] = above;
  tie_counts[local] = ties;
  workgroupBarrier();
  if (local == 0u) {
    var above_sum = 0u;
    var tie_sum = 0u;
    for (var n = 0u; n < threads; n++) {
      let above_here = above_counts[n];
      let ties_here = tie_counts[n];
      above_counts[n] = above_sum;
      tie_counts[n] = tie_sum;
      above_sum += above_here;
      tie_sum += ties_here;
    }
  }
  workgroupBarrier();
  var above_place = above_counts[local];
  var tie_place = tie_counts[local];
  for (var item = start; item < end; item++) {
    let key = key_of(scores[row + item]);
    if (key > prefix) {
      collected_keys[above_place] = key;
      collected_items[above_place] = item;
      above_place += 1u;
    }
    if (key == prefix) {
      if (tie_place < left) {
        collected_keys[k - left + tie_place] = key;
        collected_items[k - left + tie_place] = item;
      }
      tie_place += 1u;
    }
  }
  workgroupBarrier();

  for (var place = local; place < uniforms.k; place += threads) {
    if (place >= k) {
      best_items[user * uniforms.k + place] = none;
      best_scores[user * uniforms.k + place] = 0.0;
      continue;
    }
    let key = collected_keys[place];
    let item = collected_items[place];
    var rank = 0u;
    for (var other = 0u; other < k; other++) {
      let ahead = collected_keys[other] > key ||
        (collected_keys[other] == key && collected_items[other] < item);
      rank += select(0u, 1u, ahead);
    }
    let score = scores[row + item];
    let is_candidate = score > masked && !is_nan(score);
    best_items[user * uniforms.k + rank] = select(none, item, is_candidate);
    best_scores[user * uniforms.k + rank] = select(0.0, score, is_candidate);
  }
}
