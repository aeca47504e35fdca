// mask[r, b] = 1/(1−rate) with probability 1−rate, else 0, for the node of row r: the same choice for the
// same (seed, stream, step, node). A node that would lose all bands keeps band 0. Rows that a short batch
// lacks get 0. Stores. (SSR's band masking; methods.md, §5, stage 2.)

struct Uniforms {
  rows: u32,
  first_row: u32, // of the mask
  first_node: u32, // what index 0 of the list means
  bands: u32,
  rate: f32,
  stream: u32,
}

@group(0) @binding(0) var<storage, read> nodes: array<u32>;
@group(0) @binding(1) var<storage, read> state: StepState;
@group(0) @binding(2) var<storage, read_write> mask: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = (uniforms.first_row + row) * uniforms.bands;
  let is_there = nodes[row] != none;
  let node = uniforms.first_node + nodes[row];
  let fours = (uniforms.bands + 3u) / 4u;
  let scale = 1.0 / (1.0 - uniforms.rate);
  var kept = 0u;
  for (var b = 0u; b < uniforms.bands; b++) {
    let bits = random_bits(state.seed, uniforms.stream, state.step, node * fours + b / 4u);
    let keeps = is_there && uniform_of(bits[b % 4u]) >= uniforms.rate;
    if (keeps) { kept++; }
    mask[start + b] = select(0.0, scale, keeps);
  }
  if (kept == 0u && is_there) { mask[start] = scale; }
}
