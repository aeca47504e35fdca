// The products of a tile of pairs, x_i·x_j for 64 rows i by 64 rows j, by a workgroup of 128; all_pairs_sums.wgsl and
// all_pairs_gradient.wgsl say what becomes of them. There are no strips: a launch takes all tiles.
//
// An invocation has 8×4 of the products in registers: rows own_row + 8·n by columns own_column + 16·n, so that 12
// loads from workgroup memory serve 128 multiply-adds. 64 numbers of each row stand there at a time, as vectors of
// four (`quads`) whose order is exchanged by bits of the row: then invocations that run together meet in no bank,
// whether they read down the rows or along them. Written out: drivers keep arrays that loops index in memory, and wgpu
// bounds each loop by a counter.

const side = 64u; // rows of a tile, and columns
const quads = 16u; // of a row of a tile

@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> times: array<f32>; // how often each row counts, 0 beyond the last
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

var<workgroup> rows_tile: array<vec4<f32>, 1024>;
var<workgroup> columns_tile: array<vec4<f32>, 1024>;

// What an invocation has of a tile: for each of its rows a vector over its columns.
struct Registers {
  r0: vec4<f32>,
  r1: vec4<f32>,
  r2: vec4<f32>,
  r3: vec4<f32>,
  r4: vec4<f32>,
  r5: vec4<f32>,
  r6: vec4<f32>,
  r7: vec4<f32>,
}

// The 32 invocations that run together have 4 rows by 8 columns, and neighbours have in common now a row, now a
// column: 128 bytes serve sixteen of them then.
fn own_row_of(local: u32) -> u32 {
  return ((local >> 4u) & 1u) | ((local >> 5u) & 2u) | ((local << 1u) & 4u);
}

fn own_column_of(local: u32) -> u32 {
  return (local & 1u) | ((local >> 1u) & 6u) | ((local >> 2u) & 8u);
}

fn counted_rows() -> u32 { return min(counts[0] * uniforms.rows_a_node, uniforms.height); }

// Where the first of an invocation's rows has a quad; the others follow, 16 places a row. The compiler sees by the
// mask that no place is beyond the end.
fn place(row: u32, quad: u32) -> u32 { return row * quads + ((quad ^ (row & 7u)) & 15u); }

// Four numbers of row `row` of x; zeros beyond the last row that counts, and beyond its end.
fn x_at(row: u32, vector: u32, counted: u32) -> vec4<f32> {
  if (row >= counted || vector >= uniforms.vectors) { return vec4<f32>(0.0); }
  return x[row * uniforms.vectors + vector];
}

// Loads the rows of a tile and its columns, from a quad of x on. Neighbours load what lies beside each other.
fn load_tile(first_row: u32, first_column: u32, first_quad: u32, counted: u32, local: u32) {
  let quad = local & 15u;
  let vector = first_quad + quad;
  let own = (local >> 4u) & 7u;
  let row = first_row + own;
  let column = first_column + own;
  let r0 = x_at(row, vector, counted);
  let r1 = x_at(row + 8u, vector, counted);
  let r2 = x_at(row + 16u, vector, counted);
  let r3 = x_at(row + 24u, vector, counted);
  let r4 = x_at(row + 32u, vector, counted);
  let r5 = x_at(row + 40u, vector, counted);
  let r6 = x_at(row + 48u, vector, counted);
  let r7 = x_at(row + 56u, vector, counted);
  let c0 = x_at(column, vector, counted);
  let c1 = x_at(column + 8u, vector, counted);
  let c2 = x_at(column + 16u, vector, counted);
  let c3 = x_at(column + 24u, vector, counted);
  let c4 = x_at(column + 32u, vector, counted);
  let c5 = x_at(column + 40u, vector, counted);
  let c6 = x_at(column + 48u, vector, counted);
  let c7 = x_at(column + 56u, vector, counted);
  let at = place(own, quad);
  workgroupBarrier(); // What stood there has been read.
  rows_tile[at] = r0;
  rows_tile[at + 128u] = r1;
  rows_tile[at + 256u] = r2;
  rows_tile[at + 384u] = r3;
  rows_tile[at + 512u] = r4;
  rows_tile[at + 640u] = r5;
  rows_tile[at + 768u] = r6;
  rows_tile[at + 896u] = r7;
  columns_tile[at] = c0;
  columns_tile[at + 128u] = c1;
  columns_tile[at + 256u] = c2;
  columns_tile[at + 384u] = c3;
  columns_tile[at + 512u] = c4;
  columns_tile[at + 640u] = c5;
  columns_tile[at + 768u] = c6;
  columns_tile[at + 896u] = c7;
  workgroupBarrier();
}

// Four rows that lie 16 apart, one vector of each.
fn columns_at(at: u32) -> mat4x4<f32> {
  return mat4x4<f32>(
    columns_tile[at],
    columns_tile[at + 256u],
    columns_tile[at + 512u],
    columns_tile[at + 768u],
  );
}

// sum + b·a, a multiply-add at a time.
fn added(sum: vec4<f32>, b: mat4x4<f32>, a: vec4<f32>) -> vec4<f32> {
  var result = sum;
  result += a.x * b[0];
  result += a.y * b[1];
  result += a.z * b[2];
  result += a.w * b[3];
  return result;
}

// Adds to each row of registers b times the vector that the row has in rows_tile.
fn added_rows(sum: Registers, b: mat4x4<f32>, at: u32) -> Registers {
  return Registers(
    added(sum.r0, b, rows_tile[at]),
    added(sum.r1, b, rows_tile[at + 128u]),
    added(sum.r2, b, rows_tile[at + 256u]),
    added(sum.r3, b, rows_tile[at + 384u]),
    added(sum.r4, b, rows_tile[at + 512u]),
    added(sum.r5, b, rows_tile[at + 640u]),
    added(sum.r6, b, rows_tile[at + 768u]),
    added(sum.r7, b, rows_tile[at + 896u]),
  );
}

// exp(scale·(x_i·x_j − 1)), within [exp(−2·scale), 1] for cosines.
fn powers(products: vec4<f32>) -> vec4<f32> {
  return exp(uniforms.scale * (products - vec4<f32>(1.0)));
}

// The powers of a tile. Wide rows are taken 64 numbers at a time, `last` of them at the end: those of the columns stay
// in columns_tile.
fn powers_of_tile(
  first_row: u32,
  first_column: u32,
  last: u32,
  counted: u32,
  local: u32,
) -> Registers {
  let own_row = own_row_of(local);
  let own_column = own_column_of(local);
  let slices = (uniforms.vectors + quads - 1u) / quads;
  var sum = Registers();
  for (var n = 1u; n <= slices; n++) {
    let first_quad = (last + n) % slices * quads;
    load_tile(first_row, first_column, first_quad, counted, local);
    let filled = min(quads, uniforms.vectors - first_quad);
    for (var quad = 0u; quad < filled; quad += 2u) {
      let at_column = place(own_column, quad);
      let at_row = place(own_row, quad);
      sum = added_rows(sum, transpose(columns_at(at_column)), at_row);
      // The quad beside it; zeros, where there is none.
      sum = added_rows(sum, transpose(columns_at(at_column ^ 1u)), at_row ^ 1u);
    }
  }
  return Registers(
    powers(sum.r0),
    powers(sum.r1),
    powers(sum.r2),
    powers(sum.r3),
    powers(sum.r4),
    powers(sum.r5),
    powers(sum.r6),
    powers(sum.r7),
  );
}
