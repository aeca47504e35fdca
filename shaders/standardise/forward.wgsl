// y[p, i] = weight·(x[p, i] − mean_p)/deviation_p, mean and deviation of row p being those of its candidates: all
// columns but those that list p names, ascending. Rows whose candidates are all the same give zeros. Padding of y
// holds nothing of use. Stores (=), or adds (+=) where `accumulate` is 1.
//
// One workgroup a row. Numbers are taken from the first candidate on, so that a constant row leaves exact zeros, and
// squares are those of shares of the greatest one, so that none leaves the range of f32. While mean and deviation are
// found, what is no candidate is set aside, and the first candidate stands in its place: so all columns are read by
// fours, and nobody looks for them in the list. Each four is written by one invocation alone: a store of a component
// may be one of the whole vector.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // that count; those up to the stride are padding
  vectors: u32, // of four columns in a row
  weight: f32,
}

@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> list_start: array<u32>;
@group(0) @binding(2) var<storage, read> list: array<u32>;
@group(0) @binding(3) var<storage, read_write> aside: array<f32>; // what is set aside, a place an entry
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

const threads = 64u;

var<workgroup> sums: array<f32, threads>;
var<workgroup> greatest: array<f32, threads>;

fn total(value: vec4<f32>) -> f32 { return (value.x + value.y) + (value.z + value.w); }

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let p = group.y * groups.x + group.x;
  if (p >= uniforms.rows) { return; }
  let row = p * uniforms.vectors;
  let first = list_start[p];
  let last = list_start[p + 1u];
  var candidate = 0u;
  for (var n = first; n < last && list[n] == candidate; n++) { candidate += 1u; }
  candidate = min(candidate, uniforms.columns - 1u);
  let origin = x[row + candidate / 4u][candidate % 4u];
  let count = f32(uniforms.columns - min(last - first, uniforms.columns));
  // Those that the first candidate stands for.
  let others = f32(4u * uniforms.vectors) - count;

  storageBarrier();
  for (var v = uniforms.columns / 4u + local; v < uniforms.vectors; v += threads) {
    x[row + v] = select(x[row + v], vec4<f32>(origin), 4u * v + components >= vec4<u32>(uniforms.columns));
  }
  storageBarrier();
  for (var n = first + local; n < last; n += threads) {
    let v = list[n] / 4u;
    if (n > first && list[n - 1u] / 4u == v) { continue; }
    var four = x[row + v];
    for (var other = n; other < last && list[other] / 4u == v; other++) {
      aside[other] = four[list[other] % 4u];
      four = with_component(four, list[other] % 4u, origin);
    }
    x[row + v] = four;
  }
  storageBarrier();
  workgroupBarrier();

  var sum = vec4<f32>(0.0);
  var most = vec4<f32>(0.0);
  for (var v = local; v < uniforms.vectors; v += threads) {
    let value = x[row + v] - origin;
    sum += value;
    most = max(most, abs(value));
  }
  sums[local] = total(sum);
  greatest[local] = max(max(most.x, most.y), max(most.z, most.w));
  workgroupBarrier();
  if (local == 0u) {
    for (var other = 1u; other < threads; other++) {
      sums[0] += sums[other];
      greatest[0] = max(greatest[0], greatest[other]);
    }
  }
  workgroupBarrier();
  let mean = sums[0] / max(count, 1.0);
  let share = select(0.0, 1.0 / greatest[0], greatest[0] > 0.0);
  workgroupBarrier();

  sum = vec4<f32>(0.0);
  for (var v = local; v < uniforms.vectors; v += threads) {
    let value = (x[row + v] - origin - mean) * share;
    sum += value * value;
  }
  sums[local] = total(sum);
  storageBarrier();
  workgroupBarrier();
  if (local == 0u) {
    for (var other = 1u; other < threads; other++) { sums[0] += sums[other]; }
  }
  for (var n = first + local; n < last; n += threads) {
    let v = list[n] / 4u;
    if (n > first && list[n - 1u] / 4u == v) { continue; }
    var four = x[row + v];
    for (var other = n; other < last && list[other] / 4u == v; other++) {
      four = with_component(four, list[other] % 4u, aside[other]);
    }
    x[row + v] = four;
  }
  storageBarrier();
  workgroupBarrier();
  let variance = (sums[0] - others * (mean * share) * (mean * share)) / max(count, 1.0);
  let scale = select(0.0, uniforms.weight / sqrt(max(variance, 0.0)), variance > 0.0);

  for (var v = local; v < uniforms.vectors; v += threads) {
    var value = scale * ((x[row + v] - origin - mean) * share);
    if (accumulate) { value += y[row + v]; }
    y[row + v] = value;
  }
}
