// The rows of a matrix as a workgroup holds them: in pairs, each of which eight invocations (its lanes) have, the first
// row of a pair in their registers and the second one in workgroup memory. A lane has two vectors of four numbers of a
// row, `lane` and `lane` + 8: 64 columns at most. Rows and columns beyond the matrix are 0.

const lanes = 8u;
const row_vectors = 16u;

struct HeldRow { // what a lane has of it
  left: vec4<f32>,
  right: vec4<f32>,
}

var<workgroup> second_rows: array<vec4<f32>, 512>; // 32 rows of 16 vectors
// By lanes, and one more than the 32 pairs apart, so that neither writing nor reading meets in a bank.
var<workgroup> shares: array<vec4<f32>, 264>;

fn second_row(place: u32, lane: u32) -> HeldRow {
  let at = place * row_vectors + lane;
  return HeldRow(second_rows[at], second_rows[at + lanes]);
}

fn put_second_row(place: u32, lane: u32, row: HeldRow) {
  let at = place * row_vectors + lane;
  second_rows[at] = row.left;
  second_rows[at + lanes] = row.right;
}

// A lane's share of the inner product of two rows.
fn inner_share(a: HeldRow, b: HeldRow) -> f32 {
  return dot(a.left, b.left) + dot(a.right, b.right);
}

// The sum of what the lanes of a pair have, in a fixed order. What reads `shares` here must be done before the next
// call writes it: a barrier between them is the caller's.
fn summed(pair: u32, lane: u32, share: vec3<f32>) -> vec3<f32> {
  shares[lane * 33u + pair] = vec4<f32>(share, 0.0);
  workgroupBarrier();
  let one = (shares[pair] + shares[pair + 33u]) + (shares[pair + 66u] + shares[pair + 99u]);
  let other = (shares[pair + 132u] + shares[pair + 165u]) + (shares[pair + 198u] + shares[pair + 231u]);
  return (one + other).xyz;
}
