// The end of a step: keeps the terms of its loss in the epoch's record, and moves the state on.

struct Uniforms {
  terms: u32,
}

@group(0) @binding(0) var<storage, read> terms: array<f32>;
@group(0) @binding(1) var<storage, read_write> record: array<f32>;
@group(0) @binding(2) var<storage, read_write> state: StepState;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(1)
fn main() {
  let at = state.epoch_step * uniforms.terms;
  for (var term = 0u; term < uniforms.terms; term++) { record[at + term] = terms[term]; }
  state.step += 1u;
  state.epoch_step += 1u;
  let start = min(state.epoch_step * state.batch_size, state.epoch_rows);
  state.batch_rows = min(state.batch_size, state.epoch_rows - start);
}
