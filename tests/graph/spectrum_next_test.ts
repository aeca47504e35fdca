import { assert, assertEquals } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import { graphSpectrum, nextEigenvalue } from "../../graph/spectrum.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import {
  completeBipartite,
  completeGraph,
  denseSpectrum,
  hypercube,
  randomBipartite,
  randomGraph,
  union,
} from "./graphs.ts";

async function nextOf(graph: Csr, eigenpairs: number): Promise<number> {
  const [gpu, options] = [await testGpu(), { eigenpairs, block: 8 }];
  return await nextEigenvalue(gpu, graph, await graphSpectrum(gpu, graph, options), options);
}

Deno.test("nextEigenvalue() finds the eigenvalue after the last, be it the same", async () => {
  // 1 once, 0.8 ten times, 0.6 forty-five times; one copy alone may have been found.
  for (const [k, expected] of [[1, 0.8], [2, 0.8], [10, 0.8], [11, 0.6], [12, 0.6], [56, 0.4]]) {
    const error = Math.abs(await nextOf(hypercube(10), k) - expected);
    assert(error < 1e-6, `after ${k}: ${error} off ${expected}`);
  }
  for (const graph of [randomGraph(400, 900, 1), randomBipartite(260, 500, 1500, 2)]) {
    const expected = denseSpectrum(graph);
    for (const k of [1, 20]) {
      assert(Math.abs(await nextOf(graph, k) - expected[k]) < 1e-6, `after ${k}`);
    }
  }
});

Deno.test("nextEigenvalue() knows graphs of components alone, small ones, and the end", async () => {
  const parts = union(new Array(5).fill(hypercube(3)));
  assertEquals(await nextOf(parts, 3), 1);
  assert(Math.abs(await nextOf(parts, 5) - 1 / 3) < 1e-6);
  assert(Math.abs(await nextOf(completeGraph(12), 4) + 1 / 11) < 1e-6);
  assert(Math.abs(await nextOf(completeBipartite(300, 300), 3)) < 1e-6);
  assertEquals(await nextOf(completeGraph(5), 5), -Infinity);
});
