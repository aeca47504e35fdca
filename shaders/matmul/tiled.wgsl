// C = alpha·op(A)·op(B) (+ bias) with op(A) m×k, op(B) k×n and C m×n.
//
// One invocation computes 8 rows × 8 columns of C in registers: 16 loads of four numbers serve 256
// multiply-adds, and no workgroup memory is touched (measured in webgpu.md). All rows are read as
// vec4, so the row lengths of A, B and C are multiples of 4; plain.wgsl takes other shapes.
// The k-range is cut in `splits` parts of `part` each; part s is written to C + s·m·n, and
// combine.wgsl adds them in order. Stores (=), or adds (+=) where `accumulate` is 1.

override transpose_a: bool = false;
override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;

struct Uniforms {
  m: u32,
  n: u32,
  k: u32,
  part: u32,
  splits: u32,
  a_row: u32, // the first row of A that takes part
  b_row: u32,
  b_last: u32, // the last stored row of B that a transposed B may read; C repeats it beyond
  alpha: f32,
}

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> c: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let m = uniforms.m;
  let n = uniforms.n;
  let n4 = n / 4u;
  let column_tiles = (n4 + 1u) / 2u;
  let row_tiles = (m + 7u) / 8u;
  let thread = thread_index(group, groups, local);
  let tile = thread % (column_tiles * row_tiles);
  let split = thread / (column_tiles * row_tiles);
  if (split >= uniforms.splits) { return; }
  let row = (tile / column_tiles) * 8u;
  let column4 = (tile % column_tiles) * 2u;
  let k_start = split * uniforms.part;
  let k_end = min(uniforms.k, k_start + uniforms.part);

  var sum: array<vec4<f32>, 16>;
  for (var i = 0u; i < 16u; i++) { sum[i] = vec4<f32>(0.0); }

  for (var k = k_start; k < k_end; k += 4u) {
    // rows[i] = op(A)[row+i, k..k+3]; columns[kk·2+j] = op(B)[k+kk, (column4+j)·4 ..].
    var rows: array<vec4<f32>, 8>;
    var columns: array<vec4<f32>, 8>;
    if (transpose_a) {
      let m4 = m / 4u;
      for (var half = 0u; half < 2u; half++) {
        var block: array<vec4<f32>, 4>;
        for (var kk = 0u; kk < 4u; kk++) {
          let at = (uniforms.a_row + min(k + kk, k_end - 1u)) * m4 + min(row / 4u + half, m4 - 1u);
          block[kk] = select(vec4<f32>(0.0), a[at], k + kk < k_end);
        }
        rows[half * 4u] = vec4<f32>(block[0].x, block[1].x, block[2].x, block[3].x);
        rows[half * 4u + 1u] = vec4<f32>(block[0].y, block[1].y, block[2].y, block[3].y);
        rows[half * 4u + 2u] = vec4<f32>(block[0].z, block[1].z, block[2].z, block[3].z);
        rows[half * 4u + 3u] = vec4<f32>(block[0].w, block[1].w, block[2].w, block[3].w);
      }
    } else {
      for (var i = 0u; i < 8u; i++) {
        rows[i] = a[((uniforms.a_row + min(row + i, m - 1u)) * uniforms.k + k) / 4u];
      }
    }
    if (transpose_b) {
      for (var j = 0u; j < 2u; j++) {
        var block: array<vec4<f32>, 4>;
        for (var q = 0u; q < 4u; q++) {
          let column = min(uniforms.b_row + (column4 + j) * 4u + q, uniforms.b_last);
          block[q] = b[(column * uniforms.k + k) / 4u];
        }
        columns[j] = vec4<f32>(block[0].x, block[1].x, block[2].x, block[3].x);
        columns[2u + j] = vec4<f32>(block[0].y, block[1].y, block[2].y, block[3].y);
        columns[4u + j] = vec4<f32>(block[0].z, block[1].z, block[2].z, block[3].z);
        columns[6u + j] = vec4<f32>(block[0].w, block[1].w, block[2].w, block[3].w);
      }
    } else {
      for (var kk = 0u; kk < 4u; kk++) {
        let at = (uniforms.b_row + min(k + kk, k_end - 1u)) * n4;
        columns[kk * 2u] = b[at + column4];
        columns[kk * 2u + 1u] = b[at + min(column4 + 1u, n4 - 1u)];
      }
    }
    for (var i = 0u; i < 8u; i++) {
      for (var j = 0u; j < 2u; j++) {
        sum[i * 2u + j] += rows[i].x * columns[j];
        sum[i * 2u + j] += rows[i].y * columns[2u + j];
        sum[i * 2u + j] += rows[i].z * columns[4u + j];
        sum[i * 2u + j] += rows[i].w * columns[6u + j];
      }
    }
  }

  for (var i = 0u; i < 8u; i++) {
    for (var j = 0u; j < 2u; j++) {
      if (row + i < m && column4 + j < n4) {
        let at = (split * m + row + i) * n4 + column4 + j;
        var value = uniforms.alpha * sum[i * 2u + j];
        if (has_bias) { value += bias[column4 + j]; }
        if (accumulate) { value += c[at]; }
        c[at] = value;
      }
    }
  }
}
