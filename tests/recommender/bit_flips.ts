/**
 * A run of which single bits are flipped: what it then gives is compared with what it gave before.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";
import { readDataset } from "../../data/folder.ts";
import { BandpassError } from "../../errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { bipartiteAdjacency, interactionMatrix } from "../../graph/interaction_graph.ts";
import { itemGraph } from "../../graph/item_graph.ts";
import { graphSpectrum } from "../../graph/spectrum.ts";
import { isTrained, trainedSettings } from "../../models/define_model.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { openRun } from "../../recommender/run.ts";
import { assertSameData } from "../../recommender/same_run.ts";
import { train } from "../../recommender/train.ts";
import { readResult } from "../../training/result_file.ts";
import { Training } from "../../training/training.ts";
import { Workshop } from "../cli/durability.ts";

/** What came of the flips in a file. */
export interface Outcome {
  /** Refused with an error of ours. */
  detected: number;
  /** Announced, and computed anew with the same result. */
  announced: number;
  /** Used, and nothing that is printed changed. */
  harmless: number;
  /** Used, and something changed: what must not be. */
  silent: number;
  /** Ended by an error that is none of ours: what must not be either. */
  crashed: number;
}

/**
 * Flips random bits of a run of `freedom`, its caches and its dataset, one at a time.
 *
 * @param gpu The device.
 * @param flips How many.
 * @param seed Which.
 * @param tell Told of each flip that was not as it must be.
 * @returns What came of them, by file.
 */
export async function flipBits(
  gpu: Gpu,
  flips: number,
  seed: number,
  tell: (text: string) => void,
): Promise<Map<string, Outcome>> {
  await using shop = await Workshop.open();
  const { folder } = shop;
  await shop.preprocess();
  const data = `${folder}/datasets/tiny`;
  const [run, cache] = [`${folder}/run`, `${folder}/cache`];
  const settings = { dim: 8, batch: 64, patience: 1 };
  // Ended by its patience, so that a resumed one trains nothing and reports what it has.
  await (await train(await readDataset(data), "freedom", {
    ...{ gpu, settings, run, cache, epochs: 8 },
  }))[Symbol.asyncDispose]();
  /** All that commands print of a run. */
  const opened = async (notes: string[]) => {
    // How many items have no train row is told whatever the files are.
    const onNote = (text: string) => {
      if (!/items? without a train row/.test(text)) notes.push(text);
    };
    await using model = await Recommender.open(run, { gpu, cache, onNote });
    const lists = await model.recommend(["u0", "u7", "u39"], { topK: 5 });
    return JSON.stringify([lists, await model.evaluate(), model.configuration.seed]);
  };
  const spectrum = async (notes: string[]) => {
    const { train, users, items } = await readDataset(data);
    const graph = bipartiteAdjacency(interactionMatrix(train, users, items));
    const note = (text: string) => notes.push(text);
    const found = await graphSpectrum(gpu, graph, { eigenpairs: 4, label: "tiny" }, {
      ...{ folder: cache, note },
    });
    return JSON.stringify([[...found.values], [...found.residuals], [...found.vectors]]);
  };
  const neighbours = async (notes: string[]) => {
    const { modalities } = await readDataset(data);
    const note = (text: string) => notes.push(text);
    const options = { k: 10, weighting: "mean" } as const;
    const graphs = [];
    for (const modality of modalities) {
      const { column, value } = await itemGraph(gpu, modality, options, {
        cache: { folder: cache, note },
      });
      graphs.push([...column], [...value]);
    }
    return JSON.stringify(graphs);
  };
  const resumed = async (notes: string[]) => {
    const { folder, configuration, definition } = await openRun(run);
    if (!isTrained(definition)) throw new Error("freedom is trained");
    (await folder.openCheckpoint("last"))[Symbol.dispose]();
    const dataset = await readDataset(data);
    assertSameData(run, folder.record, dataset, (text) => notes.push(text));
    const training = await Training.plan({
      ...{ gpu, dataset, definition, epochs: 8, seed: configuration.seed },
      settings: trainedSettings(definition, configuration.settings),
      cache: { folder: cache, note: (text) => notes.push(text) },
    });
    try {
      await training.compile();
      const { lines: _, ...result } = await training.run(folder, { resume: true });
      return JSON.stringify(result);
    } finally {
      training.close();
    }
  };
  const result = async () => JSON.stringify(await readResult(run));
  await spectrum([]);
  // What no command reads cannot change anything.
  const files = (await filesIn([run, cache, data]))
    .filter((file) => !/(environment|dataset)\.json$/.test(file));
  const usesOf = (file: string) =>
    file.includes("/spectrum-")
      ? [spectrum]
      : file.includes("/neighbours-")
      ? [neighbours]
      : /(last|metrics|diagnostics)/.test(file)
      ? [resumed]
      : file.endsWith("/result.json")
      ? [result]
      : [opened];
  const expected = new Map<unknown, string>();
  for (const use of [opened, spectrum, neighbours, resumed, result]) {
    const notes: string[] = [];
    expected.set(use, await use(notes));
    if (notes.length > 0) throw new Error(`Before any flip: ${notes}`);
  }
  const next = uniforms(seed);
  const outcomes = new Map<string, Outcome>();
  const whole = new Map<string, Uint8Array>();
  for (const file of files) whole.set(file, await Deno.readFile(file));
  for (let n = 0; n < flips; n++) {
    const file = files[Math.floor(next() * files.length)];
    const bytes = whole.get(file)!.slice();
    // Half of them in the head, where the fewest bytes mean the most.
    const range = n % 2 === 0 ? bytes.length : Math.min(bytes.length, 1024);
    const [at, bit] = [Math.floor(next() * range), Math.floor(next() * 8)];
    bytes[at] ^= 1 << bit;
    await Deno.writeFile(file, bytes);
    const name = file.slice(folder.length + 1).replace(/-[0-9a-f]{32}/, "");
    const outcome = outcomes.get(name) ??
      { detected: 0, announced: 0, harmless: 0, silent: 0, crashed: 0 };
    outcomes.set(name, outcome);
    for (const use of usesOf(file)) {
      const notes: string[] = [];
      try {
        const found = await use(notes);
        if (found !== expected.get(use)) {
          outcome.silent++;
          tell(`silent: ${name}, byte ${at}, bit ${bit}: ${found.slice(0, 300)}`);
        } else if (notes.length > 0) outcome.announced++;
        else outcome.harmless++;
      } catch (error) {
        if (error instanceof BandpassError) outcome.detected++;
        else {
          outcome.crashed++;
          tell(`crashed: ${name}, byte ${at}, bit ${bit}: ${(error as Error).stack}`);
        }
      }
    }
    // A resumed run may have written others than the one that was flipped.
    for (const [path, contents] of whole) {
      if (path === file || path.startsWith(run)) await Deno.writeFile(path, contents);
    }
  }
  return outcomes;
}

async function filesIn(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for await (const { name } of Deno.readDir(folder)) found.push(`${folder}/${name}`);
  }
  return found.sort();
}
