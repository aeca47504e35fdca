/**
 * What `blend` does with what the user asked for.
 *
 * @module
 */
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { blendRuns } from "../../recommender/blend_runs.ts";
import { openMembers } from "../../recommender/member_runs.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { trainingProtocol } from "../../training/training_protocol.ts";
import { openDevice } from "../common/device.ts";
import { flags } from "../common/flags.ts";
import { cacheFolder } from "../common/graph_cache.ts";
import { Interruption } from "../common/interruption.ts";
import { note } from "../common/note.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { freeRunName, inFreeFolder, runNameOf, runs } from "../common/run_name.ts";
import { runPath } from "../common/run_option.ts";
import { columnsOf } from "../common/terminal.ts";
import type { BlendRequest } from "./blend_command.ts";
import { type BlendReport, blendText } from "./blend_text.ts";

/**
 * Blends runs, and prints what each is worth alone and together.
 *
 * @param request What the user asked for.
 */
export async function runBlend(request: BlendRequest): Promise<void> {
  const { run, json, adapter } = request;
  if (run !== undefined) await RunFolder.assertFree(openedPath(`${runs}/${run}`));
  const members = await openMembers(request.runs.map((named) => runPath(named, note)));
  const [{ configuration: { data_dir, dataset: name } }] = members;
  const folder = openedPath(request.dataDir ?? data_dir);
  const dataset = await readDataset(await datasetFolder(folder, name), note);
  const gpu = await openDevice(adapter);
  using interruption = new Interruption("stopping", note);
  try {
    const { signal } = interruption;
    const options = { adapter, cache: cacheFolder, onNote: note, signal };
    const blended = await blendRuns({ gpu, dataset, members }, options);
    await using recommender = blended.recommender;
    const { configuration, result } = recommender;
    const name = runNameOf(configuration, {});
    const path = await inFreeFolder(
      async () => openedPath(`${runs}/${run ?? await freeRunName(name, runs)}`),
      async (free) => {
        await recommender.save(free);
        return free;
      },
    );
    const report: BlendReport = {
      protocol: trainingProtocol(dataset, "test", "weights"),
      dataset: dataset.name,
      adapter: gpu.name,
      run: shownPath(path),
      members: blended.members,
      validation: result.validation,
      test: result.test,
    };
    if (json) return await writeJson(report);
    await writeResult(blendText(report, columnsOf(Deno.stdout)));
    const user = String(dataset.userIds.idOf(dataset.train.users[0]));
    note(`\nNext: ${flags.command("recommend", { run: report.run, user })}`);
  } finally {
    await gpu.close();
  }
}
