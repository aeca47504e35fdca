import { assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { exactNeighbours, noNeighbour } from "../../graph/exact_neighbours.ts";
import { testGpu } from "../gpu/test_gpu.ts";

const modality = (columns: number, values: number[]) => ({
  name: "image",
  rows: values.length / columns,
  columns,
  values: Float32Array.from(values),
});

Deno.test("exactNeighbours() ranks in f64 what f32 cannot tell apart", async () => {
  // Angles to the first row that differ by far less than f32 shows in a cosine near 1.
  const angles = [0, 3e-5, 1e-5, 2e-5, 4e-5];
  const values = angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]);
  const near = await exactNeighbours(await testGpu(), modality(2, values), 5);
  assertEquals([...near.subarray(0, 5)], [0, 2, 3, 1, 4]);
});

Deno.test("exactNeighbours() gives items without features no neighbours, and to nobody", async () => {
  const next = uniforms(1);
  const values = Array.from(
    { length: 6 * 3 },
    (_, n) => [1, 4].includes(Math.floor(n / 3)) ? 0 : next() - 2,
  );
  values[6] = -values[6];
  const near = await exactNeighbours(await testGpu(), modality(3, values), 5);
  for (const item of [1, 4]) {
    assertEquals([...near.subarray(5 * item, 5 * item + 5)], Array(5).fill(noNeighbour));
  }
  for (const item of [0, 2, 3, 5]) {
    const own = [...near.subarray(5 * item, 5 * item + 5)];
    assertEquals([own[0], own[4]], [item, noNeighbour]);
    assertEquals(own.slice(0, 4).toSorted(), [0, 2, 3, 5]);
  }
});

Deno.test("exactNeighbours() gives ties to the smaller item, and all items where there are few", async () => {
  const same = Array.from({ length: 4 }, () => [1, 2]).flat();
  const near = await exactNeighbours(await testGpu(), modality(2, same), 2);
  assertEquals([...near], [0, 1, 0, 1, 0, 1, 0, 1]);
  const none = await exactNeighbours(await testGpu(), modality(2, [0, 0]), 3);
  assertEquals([...none], Array(3).fill(noNeighbour));
});
