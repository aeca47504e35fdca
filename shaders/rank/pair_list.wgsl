// Pairs of a place in a block of users and an item, as the CPU writes them for each block (pair_list.ts).

struct PairList {
  count: u32,
  first: u32, // pairs of the blocks before
  pairs: array<vec2<u32>>, // place, item; by place
}
