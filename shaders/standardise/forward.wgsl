// y[p, i] = weight·(x[p, i] − mean_p)/deviation_p, mean and deviation of row p being those of its candidates: all
// columns but those that list p names, ascending. Rows whose candidates are all the same give zeros, and so does
// padding. Stores (=), or adds (+=) where `accumulate` is 1.
//
// One workgroup a row; each invocation takes neighbouring columns, so that it walks along the list. Numbers are
// taken from the first candidate on, so that a constant row leaves exact zeros, and squares are those of shares of
// the greatest one, so that none leaves the range of f32.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // that count; those up to the stride are padding
  stride: u32, // numbers from one row to the next, of x and of y
  weight: f32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> list_start: array<u32>;
@group(0) @binding(2) var<storage, read> list: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

const threads = 64u;

var<workgroup> sums: array<f32, threads>;
var<workgroup> greatest: array<f32, threads>;

// The first entry of a list from `first` up to `last` that is not below a column.
fn entry_from(column: u32, first: u32, last: u32) -> u32 {
  var low = first;
  var high = last;
  while (low < high) {
    let middle = (low + high) / 2u;
    if (list[middle] < column) { low = middle + 1u; } else { high = middle; }
  }
  return low;
}

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let p = group.y * groups.x + group.x;
  if (p >= uniforms.rows) { return; }
  let row = p * uniforms.stride;
  let first = list_start[p];
  let last = list_start[p + 1u];
  var candidate = 0u;
  for (var n = first; n < last && list[n] == candidate; n++) { candidate += 1u; }
  let origin = x[row + min(candidate, uniforms.columns - 1u)];
  let count = uniforms.columns - min(last - first, uniforms.columns);

  let part = (uniforms.columns + threads - 1u) / threads;
  let start = min(local * part, uniforms.columns);
  let end = min(start + part, uniforms.columns);
  let entry = entry_from(start, first, last);

  var sum = 0.0;
  var most = 0.0;
  var n = entry;
  for (var i = start; i < end; i++) {
    if (n < last && list[n] == i) {
      n += 1u;
      continue;
    }
    let value = x[row + i] - origin;
    sum += value;
    most = max(most, abs(value));
  }
  sums[local] = sum;
  greatest[local] = most;
  workgroupBarrier();
  var total = 0.0;
  most = 0.0;
  for (var other = 0u; other < threads; other++) {
    total += sums[other];
    most = max(most, greatest[other]);
  }
  let mean = total / f32(max(count, 1u));
  let share = select(0.0, 1.0 / most, most > 0.0);
  workgroupBarrier();

  var squares = 0.0;
  n = entry;
  for (var i = start; i < end; i++) {
    if (n < last && list[n] == i) {
      n += 1u;
      continue;
    }
    let value = (x[row + i] - origin - mean) * share;
    squares += value * value;
  }
  sums[local] = squares;
  workgroupBarrier();
  total = 0.0;
  for (var other = 0u; other < threads; other++) { total += sums[other]; }
  let deviation = sqrt(total / f32(max(count, 1u)));
  let scale = select(0.0, uniforms.weight / deviation, deviation > 0.0);

  for (var i = start; i < end; i++) {
    var value = scale * ((x[row + i] - origin - mean) * share);
    if (accumulate) { value += y[row + i]; }
    y[row + i] = value;
  }
  for (var i = uniforms.columns + local; i < uniforms.stride && !accumulate; i += threads) {
    y[row + i] = 0.0;
  }
}
