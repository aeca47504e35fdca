// The different rows of a list, from its order by rows. Stores, for the n-th smallest row: distinct[n], the
// row; first[n], its first place; multiplicity[n], how often it is there; beyond the last `none`, `none`
// and 0. slots[place] = the n of the row at that place, `none` where the place has none. counts = (rows that
// differ, places that are not `none`). One workgroup: each invocation takes one run of places.

struct Uniforms {
  count: u32,
}

@group(0) @binding(0) var<storage, read> rows: array<u32>;
@group(0) @binding(1) var<storage, read> order: array<u32>;
@group(0) @binding(2) var<storage, read_write> distinct: array<u32>;
@group(0) @binding(3) var<storage, read_write> first: array<u32>;
@group(0) @binding(4) var<storage, read_write> multiplicity: array<f32>;
@group(0) @binding(5) var<storage, read_write> slots: array<u32>;
@group(0) @binding(6) var<storage, read_write> counts: array<u32>;
@group(0) @binding(7) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

var<workgroup> starts: array<u32, workgroup_size>;
var<workgroup> used: array<u32, workgroup_size>;

fn is_first(place: u32) -> bool {
  let row = rows[order[place]];
  return row != none && (place == 0u || rows[order[max(place, 1u) - 1u]] != row);
}

@compute @workgroup_size(workgroup_size)
fn main(@builtin(local_invocation_index) local: u32) {
  let part = (uniforms.count + workgroup_size - 1u) / workgroup_size;
  let begin = min(uniforms.count, local * part);
  let end = min(uniforms.count, begin + part);
  var firsts = 0u;
  var places = 0u;
  for (var place = begin; place < end; place++) {
    if (is_first(place)) { firsts++; }
    if (rows[order[place]] != none) { places++; }
  }
  starts[local] = firsts;
  used[local] = places;
  workgroupBarrier();
  if (local == 0u) {
    var sum = 0u;
    var all = 0u;
    for (var n = 0u; n < workgroup_size; n++) {
      let own = starts[n];
      starts[n] = sum;
      sum += own;
      all += used[n];
    }
    counts[0] = sum;
    counts[1] = all;
    used[0] = sum;
  }
  workgroupBarrier();
  // Slots, and for a while the place at which each row begins instead of how often it is there: no loop is
  // as long as a row is frequent (webgpu.md, trap 1).
  var at = starts[local];
  for (var place = begin; place < end; place++) {
    let listed = order[place];
    if (is_first(place)) {
      distinct[at] = rows[listed];
      first[at] = listed;
      multiplicity[at] = f32(place);
      at++;
    }
    slots[listed] = select(at - 1u, none, rows[listed] == none);
  }
  storageBarrier();
  let differing = used[0];
  let share = (differing + workgroup_size - 1u) / workgroup_size;
  let begin_row = min(differing, local * share);
  let end_row = min(differing, begin_row + share);
  // Read before its owner writes it.
  var next = f32(counts[1]);
  if (end_row < differing) { next = multiplicity[end_row]; }
  storageBarrier();
  for (var n = begin_row; n < end_row; n++) {
    let following = select(next, multiplicity[min(n + 1u, end_row - 1u)], n + 1u < end_row);
    multiplicity[n] = following - multiplicity[n];
  }
  for (var n = differing + local; n < uniforms.count; n += workgroup_size) {
    distinct[n] = none;
    first[n] = none;
    multiplicity[n] = 0.0;
  }
}
