// Whether invocations run in step as matmul/shared.wgsl takes it: answers[0] the number of them, answers[1] how
// many stand where their index says, answers[2] how many have heard what the others told.

@group(0) @binding(0) var<storage, read> numbers: array<u32>;
@group(0) @binding(1) var<storage, read_write> answers: array<u32>;

var<workgroup> in_place: atomic<u32>;
var<workgroup> heard: atomic<u32>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(subgroup_invocation_id) lane: u32,
  @builtin(subgroup_size) size: u32,
) {
  if (lane == local % size) { atomicAdd(&in_place, 1u); }
  let own = numbers[local];
  let first = local - lane;
  let told = vec4<u32>(
    subgroupBroadcast(own, 0u),
    subgroupBroadcast(own, 1u),
    subgroupBroadcast(own, 6u),
    subgroupBroadcast(own, 7u),
  );
  let wanted = vec4<u32>(
    numbers[first],
    numbers[first + 1u],
    numbers[first + 6u],
    numbers[first + 7u],
  );
  if (all(told == wanted)) { atomicAdd(&heard, 1u); }
  workgroupBarrier();
  if (local == 0u) {
    answers[0] = size;
    answers[1] = atomicLoad(&in_place);
    answers[2] = atomicLoad(&heard);
  }
}
