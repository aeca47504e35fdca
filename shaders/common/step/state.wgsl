// Where training stands. The CPU writes it before an epoch; step/advance.wgsl moves it on.

struct StepState {
  seed: u32,
  step: u32, // steps since the start of the training
  epoch_step: u32, // steps since the start of the epoch
  batch_rows: u32, // rows of this batch; the last one of an epoch is short
  epoch_rows: u32, // rows of the epoch
  batch_size: u32, // rows of a full batch
}
