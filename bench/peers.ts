/**
 * Trains models here and in PyTorch (bench/pytorch/) in turn on the same data with the same settings, and prints
 * what an epoch takes of each, and the ratio.
 *
 * Usage: ./bandpass bench-peers [--dataset tiktok --data-dir ../shared/data] [--models lightgcn,ssr]
 *   [--preset NAME] [--set KEY=VALUE] [--epochs 10] [--threads 1,2] [--device cpu|cuda] [--json]
 *
 * Each has a process that is told when to train an epoch, so that no two train at once, and start-up is not
 * counted; nor is the first epoch of each. An epoch is the same on both sides: its order and negatives, FREEDOM's
 * draw of edges, forward, backward, optimiser, and one reading of the loss; nothing is evaluated. With --threads
 * N both are confined to N cores (default: all). Needs python3 with PyTorch and NumPy.
 *
 * @module
 */
import { collectAssignment } from "../cli/common/set_option.ts";
import { tableText } from "../cli/common/text_table.ts";
import { readDataset } from "../data/folder.ts";
import { UsageError } from "../errors.ts";
import { isTrained } from "../models/define_model.ts";
import { modelNamed } from "../models/registry.ts";
import { benchArguments, count } from "./bench_arguments.ts";
import { type EpochMeasurement, type PeerDescription, PeerProcess } from "./peer_process.ts";
import { peerSettings } from "./peer_settings.ts";
import { type Quartiles, quartiles } from "./quartiles.ts";

/** The models that bench/pytorch/ has. */
const peerModels = ["lightgcn", "freedom", "smore", "fitmm", "ssr"];

/** One side of a comparison. */
interface Side extends PeerDescription {
  readonly epochs: readonly EpochMeasurement[];
}

/** A model, trained by both. */
interface Comparison {
  readonly dataset: string;
  readonly model: string;
  readonly threads: number;
  readonly source: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ours: Side;
  readonly theirs: Side;
  /** Ours divided by theirs, epoch by epoch. */
  readonly ratio: Quartiles;
  /** That of the processor's seconds, which tell more where other programs run too. */
  readonly processorRatio: Quartiles;
}

const { values } = benchArguments(import.meta.url, {
  options: {
    models: { type: "string", default: peerModels.join(",") },
    dataset: { type: "string", default: "sample" },
    "data-dir": { type: "string", default: "datasets" },
    preset: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
    epochs: { type: "string", default: "10" },
    threads: { type: "string" },
    device: { type: "string", default: "cpu" },
    json: { type: "boolean", default: false },
  },
});

/** The options, checked. */
function checkedOptions() {
  const cores = navigator.hardwareConcurrency;
  if (values.device !== "cpu" && values.device !== "cuda") {
    throw new UsageError(`Cannot use --device ${values.device}`, "Give --device cpu or cuda");
  }
  const models = values.models.split(",");
  for (const model of models) {
    if (peerModels.includes(model)) continue;
    throw new UsageError(
      `Cannot compare "${model}": bench/pytorch has no such model`,
      `Give --models with some of ${peerModels.join(",")}`,
    );
  }
  return {
    models,
    folder: `${values["data-dir"]}/${values.dataset}`,
    preset: values.preset,
    assignments: values.set.reduce<Record<string, string>>(
      (all, assignment) => collectAssignment(assignment, all),
      {},
    ),
    epochs: count("epochs", values.epochs),
    threads: (values.threads ?? String(cores)).split(",")
      .map((text) => count("threads", text, cores)),
    device: values.device,
    json: values.json,
  };
}

/** A command that may use the first so many cores. */
function onCores(threads: number, command: readonly string[]): readonly string[] {
  if (threads === navigator.hardwareConcurrency) return command;
  return ["taskset", "--cpu-list", `0-${threads - 1}`, ...command];
}

/** Trains an epoch here and one there, and again. */
async function compare(
  options: ReturnType<typeof checkedOptions>,
  model: string,
  threads: number,
): Promise<Comparison> {
  const { folder, device, epochs } = options;
  const definition = modelNamed(model);
  if (!isTrained(definition)) throw new Error(`"${model}" is not trained`);
  const dataset = await readDataset(folder);
  const settings = peerSettings(definition, dataset, options);
  // One after the other, so that preparing takes no memory and no cores from the other.
  await using theirs = PeerProcess.start(
    "PyTorch",
    onCores(threads, [
      ...["python3", "bench/pytorch", model, "--told", "--folder", folder],
      ...["--settings", JSON.stringify(settings.theirs)],
      ...["--device", device, "--threads", String(threads)],
    ]),
  );
  const theirDescription = await theirs.ready();
  const permissions = ["--no-prompt", "--allow-read", "--allow-env=LP_NUM_THREADS"];
  await using ours = PeerProcess.start(
    "Bandpass",
    onCores(threads, [
      ...[Deno.execPath(), "run", ...permissions, "bench/told_training.ts"],
      ...[folder, model, JSON.stringify(settings.ours), device === "cpu" ? "cpu" : "gpu"],
    ]),
  );
  const ourDescription = await ours.ready();
  const measured: { ours: EpochMeasurement; theirs: EpochMeasurement }[] = [];
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const pair = { ours: await ours.epoch(), theirs: await theirs.epoch() };
    // The first one warms up.
    if (epoch > 0) measured.push(pair);
    console.error(
      `${model}, ${threads} threads, ${epoch === 0 ? "to warm up" : `epoch ${epoch}`}: ` +
        `${pair.ours.seconds.toFixed(3)} s, PyTorch ${pair.theirs.seconds.toFixed(3)} s`,
    );
  }
  const ratioOf = (key: "seconds" | "processor") =>
    quartiles(measured.map((pair) => pair.ours[key] / pair.theirs[key]));
  return {
    ...{
      dataset: dataset.name,
      model,
      threads,
      source: settings.source,
      settings: settings.theirs,
    },
    ours: { ...ourDescription, epochs: measured.map((pair) => pair.ours) },
    theirs: { ...theirDescription, epochs: measured.map((pair) => pair.theirs) },
    ratio: ratioOf("seconds"),
    processorRatio: ratioOf("processor"),
  };
}

/** A median, with the quartiles around it. */
function spread({ median, lower, upper }: Quartiles, digits: number): string {
  const [middle, first, third] = [median, lower, upper].map((value) => value.toFixed(digits));
  return `${middle} (${first}–${third})`;
}

function comparisonTable(comparisons: readonly Comparison[]): string {
  const column = (heading: string, cell: (one: Comparison) => string, isNumber = true) => ({
    ...{ heading, cells: comparisons.map(cell), isNumber },
  });
  const seconds = ({ epochs }: Side) => spread(quartiles(epochs.map((one) => one.seconds)), 3);
  const lastLoss = ({ epochs }: Side) => epochs[epochs.length - 1].loss.toPrecision(5);
  return tableText([
    column("model", ({ model }) => model, false),
    column("threads", ({ threads }) => String(threads)),
    column("Bandpass, s", ({ ours }) => seconds(ours)),
    column("PyTorch, s", ({ theirs }) => seconds(theirs)),
    column("ratio", ({ ratio }) => spread(ratio, 2)),
    column("of CPU seconds", ({ processorRatio }) => spread(processorRatio, 2)),
    column("last losses", ({ ours, theirs }) => `${lastLoss(ours)}, ${lastLoss(theirs)}`),
    column("settings", ({ source }) => source, false),
  ]);
}

const options = checkedOptions();
const comparisons: Comparison[] = [];
for (const model of options.models) {
  for (const threads of options.threads) {
    comparisons.push(await compare(options, model, threads));
  }
}
if (options.json) {
  console.log(JSON.stringify(comparisons));
} else {
  const [{ dataset, ours, theirs }] = comparisons;
  console.log(
    `An epoch of training on ${dataset}, median (quartiles) of ${options.epochs}, in turn:\n` +
      `${ours.program}, "${ours.where}"; ${theirs.program}, ${theirs.where}\n\n` +
      comparisonTable(comparisons),
  );
}
