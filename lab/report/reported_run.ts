/**
 * A run as its folder tells of it: no parameters are loaded, and nothing is computed.
 *
 * @module
 */
import { exists } from "../../data/exists.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { DataError } from "../../errors.ts";
import { blend } from "../../models/blend/blend.ts";
import { membersOf } from "../../models/blend/member_list.ts";
import { mostConfigBytes, parseConfigFile } from "../../training/configuration_file.ts";
import type { DiagnosticLine, EpochLine } from "../../training/epoch_line.ts";
import { countLines } from "../../training/line_file.ts";
import { readResult } from "../../training/result_file.ts";
import { RunFolder } from "../../training/run_folder.ts";
import type { RunResult } from "../../training/run_result.ts";
import { stoppingMetric } from "../../training/training_result.ts";

/** A folder that is reported, and what it is called. */
export interface NamedFolder {
  /** Its name, which no other folder of the report has. */
  readonly name: string;
  /** Its place. */
  readonly path: string;
}

/** A run, as far as its files tell. */
export interface ReportedRun extends NamedFolder {
  /** Its files. */
  readonly folder: RunFolder;
  /** What it was trained with, beside the settings of the model: `dataset`, `model`, `seed`, …. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The settings of the model; of a blend the weights of its members. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What it ran on; empty for a run of before that was recorded. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** What came of it; nothing while it trains, and of one that was killed. */
  readonly result?: RunResult;
  /** Whether a process trains it. */
  readonly isTraining: boolean;
  /** Its epochs. */
  readonly lines: readonly EpochLine[];
  /** What the model told of its inside, an epoch each; none of models that tell nothing. */
  readonly diagnostics: readonly DiagnosticLine[];
  /** The epoch of the best validation score; nothing before the first evaluation. */
  readonly best?: EpochLine;
}

/**
 * Reads a run.
 *
 * @param named Its folder.
 * @throws {DataError} It is no run, or a file of it is damaged.
 */
export async function readReportedRun({ name, path }: NamedFolder): Promise<ReportedRun> {
  const folder = await RunFolder.open(path);
  const file = parseConfigFile(await folder.configuration(), `${path}/config.json`);
  const lines = await folder.metrics(await wholeLines(folder, "metrics"));
  const best = lines.reduce<EpochLine | undefined>((a, b) => isBetter(b, a) ? b : a, undefined);
  return {
    ...{ name, path, folder, options: file.options },
    settings: file.options.model === blend.name ? weightsOf(file.settings) : file.settings,
    environment: await environmentOf(path),
    result: await readResult(path),
    isTraining: await folder.isTraining(),
    ...{ lines, best },
    diagnostics: await folder.diagnostics(await wholeLines(folder, "diagnostics")),
  };
}

function isBetter({ validation }: EpochLine, best: EpochLine | undefined): boolean {
  return best === undefined || validation[stoppingMetric] > best.validation[stoppingMetric];
}

/** Lines whose hash is there too: a run that trains writes it just after them. */
async function wholeLines({ path, record }: RunFolder, name: string): Promise<number> {
  const lines = await countLines(`${path}/${name}.jsonl`);
  return record === undefined ? lines : Math.min(lines, await countLines(`${path}/${name}.sha256`));
}

/** The members of a blend by name; their settings are those of other runs. */
function weightsOf({ members, weights }: Readonly<Record<string, unknown>>) {
  const found = membersOf({ members: String(members), weights: String(weights) });
  return Object.fromEntries(found.map(({ run, weight }) => [`weight of ${run}`, weight]));
}

async function environmentOf(path: string): Promise<Record<string, unknown>> {
  const file = `${path}/environment.json`;
  if (!await exists(file)) return {};
  try {
    return Object(JSON.parse(await readTextFile(file, mostConfigBytes)));
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(
      `Cannot read "${file}": it is not JSON`,
      "Restore it from an intact copy, or remove it",
    );
  }
}
