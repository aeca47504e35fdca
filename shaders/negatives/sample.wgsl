// The batch of this step: users and positives are the next rows of the epoch's order, and each gets
// a negative, uniform over the candidates and drawn again while it is among the user's train items
// (methods.md, §1). Rows that a short batch lacks become `none`.
//
// Up to 128 draws; for a user so active that all fail, the first free candidate after the last draw. A
// scan might go through all candidates, beyond the bound on a shader's loops (webgpu.md, trap 1), so the
// free ones are counted: a user's train items are candidates, and both stand in ascending order.

struct Uniforms {
  length: u32, // rows of a full batch
  candidates: u32,
  stream: u32,
}

@group(0) @binding(0) var<storage, read> order: array<vec2<u32>>; // user, item; one an epoch row
@group(0) @binding(1) var<storage, read> candidates: array<u32>;
@group(0) @binding(2) var<storage, read> row_start: array<u32>; // of the users' train items
@group(0) @binding(3) var<storage, read> items: array<u32>; // ascending for each user
@group(0) @binding(4) var<storage, read> state: StepState;
@group(0) @binding(5) var<storage, read_write> batch_users: array<u32>;
@group(0) @binding(6) var<storage, read_write> batch_positives: array<u32>;
@group(0) @binding(7) var<storage, read_write> batch_negatives: array<u32>;
@group(0) @binding(8) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

// The place of the first of the user's train items that is not below `item`.
fn place_of(user: u32, item: u32) -> u32 {
  var low = row_start[user];
  var high = row_start[user + 1u];
  while (low < high) {
    let middle = (low + high) / 2u;
    if (items[middle] < item) { low = middle + 1u; } else { high = middle; }
  }
  return low;
}

fn is_taken(user: u32, item: u32) -> bool {
  let place = place_of(user, item);
  return place < row_start[user + 1u] && items[place] == item;
}

// How many of the candidates up to a place are not among the user's train items.
fn free_up_to(user: u32, place: u32) -> u32 {
  return place + 1u - (place_of(user, candidates[place] + 1u) - row_start[user]);
}

// The place of the first free candidate after a place; behind the last one comes the first.
fn next_free(user: u32, after: u32) -> u32 {
  let last = uniforms.candidates - 1u;
  let before = free_up_to(user, after);
  let wanted = select(1u, before + 1u, before < free_up_to(user, last));
  var low = 0u;
  var high = last;
  while (low < high) {
    let middle = (low + high) / 2u;
    if (free_up_to(user, middle) < wanted) { low = middle + 1u; } else { high = middle; }
  }
  return low;
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let b = thread_index(group, groups, local);
  if (b >= uniforms.length) { return; }
  if (b >= state.batch_rows) {
    batch_users[b] = none;
    batch_positives[b] = none;
    batch_negatives[b] = none;
    return;
  }
  let row = order[state.epoch_step * state.batch_size + b];
  var candidate = 0u;
  var found = false;
  for (var draw = 0u; draw < 32u && !found; draw++) {
    let bits = random_bits(state.seed, uniforms.stream, state.step, b * 32u + draw);
    for (var word = 0u; word < 4u && !found; word++) {
      let place = u32(uniform_of(bits[word]) * f32(uniforms.candidates));
      candidate = min(place, uniforms.candidates - 1u);
      found = !is_taken(row.x, candidates[candidate]);
    }
  }
  if (!found) { candidate = next_free(row.x, candidate); }
  batch_users[b] = row.x;
  batch_positives[b] = row.y;
  batch_negatives[b] = candidates[candidate];
}
