// Turns a tile of logits into the weights of the gradient, in place:
//   w[i, j] = scale·(dy_i·times_j·exp(l_ij − y_i) + dy_j·times_i·exp(l_ij − y_j)),
// so that dx_i = Σ_j w_ij·x_j; w is symmetric as l is. Rows and columns beyond the last get 0, up to a
// whole four of columns. One invocation four columns of a row.

override scale: f32 = 1.0;

@group(0) @binding(3) var<storage, read> y: array<f32>;
@group(0) @binding(4) var<storage, read> dy: array<f32>;
@group(0) @binding(5) var<storage, read_write> tile: array<f32>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  // Fours of columns are the slower index: those beyond the last stand together and end at once.
  let row = thread % uniforms.rows;
  let column = 4u * (thread / uniforms.rows);
  let end = columns_in_all();
  if (column >= end) { return; }
  let own = uniforms.first + row;
  let counts_row = own < rows_in_all();
  let own_y = y[own];
  let own_dy = dy[own];
  let own_times = times(own);
  for (var j = column; j < min(column + 4u, uniforms.columns); j++) {
    let at = row * uniforms.columns + j;
    var value = 0.0;
    if (counts_row && j < end) {
      let other = uniforms.first + j;
      let l = tile[at];
      value = scale * (own_dy * times(other) * exp(l - own_y) + dy[other] * own_times * exp(l - y[other]));
    }
    tile[at] = value;
  }
}
