// What neighbouring invocations of a workgroup find together, `lanes` of them, a power of two: each brings a Share, and
// combined() of two Shares, which the kernel has, makes one of all, in the same order every time. All invocations of a
// workgroup have to come here.

override lanes: u32 = 1u;

var<workgroup> lane_shares: array<Share, workgroup_size>;

// Which one of its lanes an invocation is.
fn lane_of(local: u32) -> u32 { return local & (lanes - 1u); }

fn combine_lanes(local: u32, own: Share) -> Share {
  lane_shares[local] = own;
  for (var half = lanes / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane_of(local) < half) {
      lane_shares[local] = combined(lane_shares[local], lane_shares[local + half]);
    }
  }
  workgroupBarrier();
  return lane_shares[local - lane_of(local)];
}
