// Places `first_place` to `end_place`−1 of each user's list: the best item, then the best of those behind it, and so
// on. Stores an index and a score a place; places that a user cannot fill hold `none`.
//
// A tournament: group_maxima.wgsl has found the greatest score of each group of items, and `tops` holds the greatest
// of each team of groups. The first of the greatest tops leads to a team, that to a group, that to an item; then the
// group's maximum becomes that of its items behind the one that was taken (a smaller score, or the same and a
// greater index), and the team's follows. So a place costs three short scans. One invocation a user, which goes on
// from what an earlier launch has left in `maxima`, `tops` and the place before.

struct Uniforms {
  users: u32,
  items: u32,
  vectors: u32, // of four numbers, from one row of the scores to the next
  group: u32, // items of a group, a multiple of 4
  team: u32, // groups of a team, a multiple of 4
  teams: u32, // of a user, a multiple of 4
  k: u32,
  first_place: u32,
  end_place: u32,
}

@group(0) @binding(0) var<storage, read> scores: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> maxima: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> tops: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> best_items: array<u32>;
@group(0) @binding(4) var<storage, read_write> best_scores: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

// The first of the greatest numbers of a scan, and the greatest of the others, by components.
struct Leaders {
  value: vec4<f32>,
  vector: vec4<u32>,
  second: vec4<f32>,
}

fn no_leaders() -> Leaders {
  return Leaders(vec4<f32>(masked), vec4<u32>(none / 4u), vec4<f32>(masked));
}

fn joined(before: Leaders, values: vec4<f32>, vector: u32) -> Leaders {
  let leads = values > before.value;
  return Leaders(
    select(before.value, values, leads),
    select(before.vector, vec4<u32>(vector), leads),
    select(greater(before.second, values), before.value, leads),
  );
}

// The place of the first of the greatest numbers.
fn place_of(leaders: Leaders, greatest: f32) -> u32 {
  let places = leaders.vector * 4u + components;
  let first = select(vec4<u32>(none), places, leaders.value == vec4<f32>(greatest));
  let two = min(first, first.zwxy);
  return min(two, two.yxwz).x;
}

// The greatest number but the one in that place.
fn runner_up(leaders: Leaders, place: u32) -> f32 {
  let is_leader = leaders.vector * 4u + components == vec4<u32>(place);
  return greatest_of(select(leaders.value, leaders.second, is_leader));
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let user = thread_index(group, groups, local);
  if (user >= uniforms.users) { return; }
  let score_row = user * uniforms.vectors;
  let maxima_row = user * uniforms.teams * (uniforms.team / 4u);
  let tops_row = user * (uniforms.teams / 4u);
  let list = user * uniforms.k;

  var last_item = none;
  var last_score = 0.0;
  if (uniforms.first_place > 0u) {
    last_item = best_items[list + uniforms.first_place - 1u];
    last_score = best_scores[list + uniforms.first_place - 1u];
  } else {
    for (var vector = 0u; vector < uniforms.teams / 4u; vector++) {
      var four = vec4<f32>(masked);
      for (var team = 0u; team < 4u; team++) {
        let start = maxima_row + (vector * 4u + team) * (uniforms.team / 4u);
        var greatest = vec4<f32>(masked);
        for (var at = start; at < start + uniforms.team / 4u; at++) {
          greatest = greater(greatest, maxima[at]);
        }
        four = with_component(four, team, greatest_of(greatest));
      }
      tops[tops_row + vector] = four;
    }
  }

  for (var place = uniforms.first_place; place < uniforms.end_place; place++) {
    var leaders = no_leaders();
    for (var vector = 0u; vector < uniforms.teams / 4u; vector++) {
      leaders = joined(leaders, tops[tops_row + vector], vector);
    }
    let score = greatest_of(leaders.value);
    if (score == masked) {
      best_items[list + place] = none;
      best_scores[list + place] = 0.0;
      continue;
    }
    let team = place_of(leaders, score);

    leaders = no_leaders();
    let first_vector = team * (uniforms.team / 4u);
    for (var vector = first_vector; vector < first_vector + uniforms.team / 4u; vector++) {
      leaders = joined(leaders, maxima[maxima_row + vector], vector);
    }
    let best_group = place_of(leaders, score);
    let other_groups = runner_up(leaders, best_group);

    // Items of that score before the one that was taken last are in the list.
    let after = select(0u, last_item + 1u, score == last_score);
    leaders = no_leaders();
    let first_item = best_group * uniforms.group;
    let end_item = min(uniforms.items, first_item + uniforms.group);
    for (var item = first_item; item < end_item; item += 4u) {
      let values = candidates(scores[score_row + item / 4u], item, uniforms.items);
      let is_listed = (values > vec4<f32>(score)) |
        ((values == vec4<f32>(score)) & (vec4<u32>(item) + components < vec4<u32>(after)));
      leaders = joined(leaders, select(values, vec4<f32>(masked), is_listed), item / 4u);
    }
    let item = place_of(leaders, score);
    best_items[list + place] = item;
    best_scores[list + place] = scores[score_row + item / 4u][item % 4u];
    last_item = item;
    last_score = score;

    let left = runner_up(leaders, item);
    let group_at = maxima_row + best_group / 4u;
    maxima[group_at] = with_component(maxima[group_at], best_group % 4u, left);
    let top_at = tops_row + team / 4u;
    tops[top_at] = with_component(tops[top_at], team % 4u, max(other_groups, left));
  }
}
