/**
 * What `recommend` does with what the user asked for.
 *
 * @module
 */
import { readDataset } from "../data/folder.ts";
import { writeFileAtomically } from "../data/atomic_file.ts";
import { openGpu } from "../gpu/device.ts";
import { assertSelfTest } from "../gpu/self_test.ts";
import { recommendItems } from "../evaluation/recommend.ts";
import { bestParameters } from "./best_parameters.ts";
import { itemGraphCache } from "./item_graph_cache.ts";
import { openRun } from "./open_run.ts";
import { writeResult } from "./output.ts";
import type { RecommendRequest } from "./recommend.ts";
import { recommendationHeader, recommendationLines } from "./recommendation_format.ts";
import { readUserList } from "./user_list.ts";

/** Characters that are gathered before they are written. */
const blockLength = 1 << 16;

/**
 * Writes the best items of users by the best parameters of a run.
 *
 * @param request What the user asked for.
 */
export async function runRecommend(request: RecommendRequest): Promise<void> {
  const { format, out, topK } = request;
  const { folder, configuration } = await openRun(request.run);
  const setParameters = await bestParameters(folder, configuration.model);
  const dataset = await readDataset(configuration.data_dir, configuration.dataset);
  const users = request.users === undefined
    ? Uint32Array.from({ length: dataset.users }, (_, user) => user)
    : await readUserList(request.users, dataset.users);
  const gpu = await openGpu(request.adapter);
  try {
    await assertSelfTest(gpu);
    const lists = recommendItems(
      gpu,
      dataset,
      configuration,
      users,
      topK,
      setParameters,
      itemGraphCache((text) => console.error(text)),
    );
    // A file appears whole or not at all; stdout takes what there is, as it comes.
    const blocks: string[] = [];
    let block = recommendationHeader(format);
    for await (const list of lists) {
      block += recommendationLines(format, list);
      if (block.length < blockLength) continue;
      if (out === "-") await writeResult(block);
      else blocks.push(block);
      block = "";
    }
    if (out === "-") return await writeResult(block);
    await writeFileAtomically(out, [...blocks, block].join(""));
    console.error(`${users.length} users, at most ${topK} items each, in ${out}`);
  } finally {
    gpu.close();
  }
}
