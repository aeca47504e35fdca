// The eigenpairs of each G in descending order of their eigenvalues, for matrices of at most 64 rows, each of which a
// workgroup holds (held_rows.wgsl): in one launch what cholesky.wgsl, jacobi.wgsl, lengths.wgsl and sort.wgsl do in
// fourteen and more, which say what is computed and why. Stores.
//
// A sweep pairs all rows in another order here, so that only one row of a pair moves: the first rows meet all second
// ones, which go round, then the halves of each group of rows do the same among themselves, down to groups of two.

override sweeps: u32 = 12u;

struct Uniforms {
  size: u32, // d, a multiple of 4, at most 64
  stride: u32, // numbers from one matrix to the next
}

@group(0) @binding(0) var<storage, read> g: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> values: array<f32>; // matrices×size
@group(0) @binding(2) var<storage, read_write> sorted: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

var<workgroup> numbers: array<f32, 64>; // the diagonal of G, then the squared lengths of the rows
var<workgroup> rotated: atomic<u32>;
var<workgroup> is_done: u32;

fn loaded_row(start: u32, row: u32, lane: u32) -> HeldRow {
  let vectors = uniforms.size / 4u;
  var held = HeldRow(vec4<f32>(0.0), vec4<f32>(0.0));
  if (row >= uniforms.size) { return held; }
  let at = start + row * vectors + lane;
  if (lane < vectors) { held.left = g[at]; }
  if (lane + lanes < vectors) { held.right = g[at + lanes]; }
  return held;
}

// A row of R, of what step k has made of that of G.
fn factor_vector(k: u32, pivot: f32, vector: u32, row: vec4<f32>) -> vec4<f32> {
  let column = vec4<u32>(4u * vector) + vec4<u32>(0u, 1u, 2u, 3u);
  let right = select(vec4<f32>(0.0), 1.0 / sqrt(pivot) * row, column > vec4<u32>(k));
  return select(right, vec4<f32>(sqrt(pivot)), column == vec4<u32>(k));
}

fn factor_row(k: u32, pivot: f32, lane: u32, row: HeldRow) -> HeldRow {
  return HeldRow(
    factor_vector(k, pivot, lane, row.left),
    factor_vector(k, pivot, lane + lanes, row.right),
  );
}

// What step k of Cholesky's factor makes of a row: its own is done, those below have it taken off.
fn reduced_row(k: u32, pivot: f32, row: u32, lane: u32, held: HeldRow, own: HeldRow) -> HeldRow {
  if (row == k) { return factor_row(k, pivot, lane, held); }
  if (row < k) { return held; }
  let factor = second_rows[(k & 1u) * row_vectors + row / 4u][row % 4u] / pivot;
  return HeldRow(held.left - factor * own.left, held.right - factor * own.right);
}

fn put_sorted(start: u32, matrix: u32, lane: u32, own: u32, shift: f32, row: HeldRow) {
  let size = uniforms.size;
  let square = numbers[own];
  var rank = 0u;
  for (var other = 0u; other < workgroup_size / 4u; other++) {
    let value = numbers[other];
    if (value > square || (value == square && other < own)) { rank++; }
  }
  // Rows beyond the matrix come last, for they are as long as nothing.
  if (rank >= size) { return; }
  let at = start + rank * (size / 4u) + lane;
  if (lane < size / 4u) { sorted[at] = row.left / sqrt(square); }
  if (lane + lanes < size / 4u) { sorted[at + lanes] = row.right / sqrt(square); }
  if (lane == 0u) { values[matrix * size + rank] = max(square - shift, 0.0); }
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let size = uniforms.size;
  let pairs = workgroup_size / lanes; // a power of two
  let pair = local / lanes;
  let lane = local % lanes;
  let start = group.x * uniforms.stride / 4u;
  var first = loaded_row(start, pair, lane);
  var second = loaded_row(start, pairs + pair, lane);
  if (local < size) { numbers[local] = g[start + local * (size / 4u) + local / 4u][local % 4u]; }
  workgroupBarrier();
  var largest = 1e-30;
  for (var k = 0u; k < size; k++) { largest = max(largest, numbers[k]); }
  let shift = 2e-6 * largest;

  // Each step passes its row on in one of two places in turn, so that one barrier a step is enough.
  for (var k = 0u; k < size; k++) {
    let place = k & 1u;
    if (pair == k) { put_second_row(place, lane, first); }
    if (pairs + pair == k) { put_second_row(place, lane, second); }
    workgroupBarrier();
    let own = second_row(place, lane);
    let pivot = max(second_rows[place * row_vectors + k / 4u][k % 4u] + shift, 0.25 * shift);
    first = reduced_row(k, pivot, pair, lane, first, own);
    second = reduced_row(k, pivot, pairs + pair, lane, second, own);
  }
  workgroupBarrier();
  put_second_row(pair, lane, second);
  workgroupBarrier();

  for (var sweep = 0u; sweep < sweeps; sweep++) {
    if (local == 0u) { atomicStore(&rotated, 0u); }
    var has_rotated = false;
    for (var half = pairs; half > 0u; half /= 2u) {
      for (var round = 0u; round < half; round++) {
        let place = (pair & ~(half - 1u)) + ((pair + round) & (half - 1u));
        second = second_row(place, lane);
        let sums = summed(pair, lane, vec3<f32>(
          inner_share(first, second),
          inner_share(first, first),
          inner_share(second, second),
        ));
        let between = sums.x;
        if (abs(between) > 3e-7 * sqrt(sums.y) * sqrt(sums.z)) {
          let theta = (sums.z - sums.y) / (2.0 * between);
          let magnitude = 1.0 / (abs(theta) + sqrt(theta * theta + 1.0));
          let t = select(-magnitude, magnitude, theta >= 0.0);
          let c = 1.0 / sqrt(t * t + 1.0);
          let s = t * c;
          put_second_row(place, lane, HeldRow(
            s * first.left + c * second.left,
            s * first.right + c * second.right,
          ));
          first = HeldRow(c * first.left - s * second.left, c * first.right - s * second.right);
          has_rotated = true;
        }
        workgroupBarrier();
      }
      // The first rows of the upper half of a group change places with the second ones of the lower half.
      if ((pair & (half / 2u)) != 0u) {
        second = second_row(pair - half / 2u, lane);
        put_second_row(pair - half / 2u, lane, first);
        first = second;
      }
      workgroupBarrier();
    }
    if (has_rotated) { atomicOr(&rotated, 1u); }
    workgroupBarrier();
    if (local == 0u) { is_done = select(0u, 1u, atomicLoad(&rotated) == 0u); }
    if (workgroupUniformLoad(&is_done) == 1u) { break; }
  }

  second = second_row(pair, lane);
  let squares = summed(pair, lane, vec3<f32>(
    inner_share(first, first),
    inner_share(second, second),
    0.0,
  ));
  if (lane == 0u) {
    numbers[pair] = squares.x;
    numbers[pairs + pair] = squares.y;
  }
  workgroupBarrier();
  put_sorted(start, group.x, lane, pair, shift, first);
  put_sorted(start, group.x, lane, pairs + pair, shift, second);
}
