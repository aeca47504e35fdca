/**
 * What other programs call our commands and options, so that whoever types those is led to ours.
 *
 * @module
 */
import type { AnyCommand } from "./command.ts";
import { flags } from "./flags.ts";
import { SetOption } from "./set_option.ts";

/** Our commands, by what others are called. */
const commandNames: Readonly<Record<string, string>> = {
  ...{ list: "runs", ls: "runs", status: "runs", history: "runs", rm: "runs --remove" },
  ...{ remove: "runs --remove", delete: "runs --remove", clean: "runs --remove" },
  ...{ data: "datasets", dataset: "datasets", info: "datasets" },
  ...{ prepare: "preprocess", import: "preprocess", ingest: "preprocess", convert: "preprocess" },
  ...{ fit: "train", resume: "train --resume", continue: "train --resume" },
  ...{ models: "train --list-settings", presets: "train --list-presets" },
  ...{ score: "evaluate", metrics: "evaluate" },
  ...{ predict: "recommend", infer: "recommend", rank: "recommend", embed: "export" },
  ...{ why: "explain", similar: "explain --similar", interpret: "explain" },
  ...{ version: "--version", selftest: "doctor" },
};

/** What others call our options, by ours; a name may stand at several, of which a command has one. */
const optionNames: Readonly<Record<string, readonly string[]>> = {
  "--adapter": ["--device", "--gpu", "--cpu", "--cuda", "--gpu-id", "--gpus", "--backend"],
  "--top-k": [
    "-n",
    "-k",
    "--k",
    "--topk",
    "--topn",
    "--top-n",
    "--top",
    "--num",
    "--number",
    "--limit",
  ],
  "--epochs": ["-n", "-e", "--max-epochs", "--num-epochs", "--n-epochs", "--iterations"],
  "--dataset": ["-d", "--data", "--name"],
  "--data-dir": ["--data-path", "--data-root", "--dataset-path", "--root"],
  "--model": ["-m", "--method", "--algorithm", "--algo", "--arch"],
  "--seed": ["-s", "--random-seed", "--random-state", "--rng"],
  "--config": ["-c", "--cfg", "--conf", "--config-file"],
  "--run": ["-r", "--name", "--run-name", "--run-dir", "--checkpoint", "--ckpt", "--experiment"],
  "--resume": ["--continue", "--restore", "--from-checkpoint"],
  "--set": ["--param", "--params", "--setting", "--settings", "--override", "--hparam"],
  "--dry-run": ["-n", "--plan"],
  "--input": ["-i", "--file", "--in", "--interactions"],
  "--out": ["-o", "--output", "--output-file", "--output-dir", "--save", "--save-to"],
  "--k-core": ["--core", "--min-interactions", "--min-count"],
  "--ratios": ["--split-ratio", "--split-ratios", "--test-size"],
  "--overwrite": ["-f", "--force", "--replace"],
  "--yes": ["-y", "-f", "--force"],
  "--remove": ["--delete", "--rm"],
  "--exclude-seen": ["--filter-seen", "--remove-seen", "--filter-already-liked-items"],
  "--user": ["-u", "--user-id", "--uid", "--for"],
  "--users": ["--user-ids", "--users-file", "--user-list"],
  "--items": ["--candidates", "--item-ids", "--whitelist", "--allow"],
  "--filter": ["--where", "--query", "--only"],
  "--meta": ["--metadata", "--item-meta", "--names"],
  "--all-metrics": ["--metrics", "--full-metrics"],
  "--verbose": ["-v", "--debug"],
  "--mask": ["--exclude", "--exclude-splits"],
};

/** What others call settings of models, by ours. */
const settingNames: Readonly<Record<string, readonly string[]>> = {
  learning_rate: ["--lr"],
  learning_rate_decay: ["--lr-decay"],
  weight_decay: ["--wd"],
  batch: ["-b", "--bs", "--batch-size", "--train-batch-size"],
  dim: ["--embedding-size", "--embedding-dim", "--embed-dim", "--emb-dim", "--hidden-size"]
    .concat("--latent-dim", "--factors", "--n-factors"),
  patience: ["--early-stop", "--early-stopping", "--stopping-step"],
  layers: ["--n-layers", "--num-layers", "--n-ui-layers", "--n-gcn-layers"],
  reg: ["--reg-weight", "--regularization", "--regularisation", "--l2"],
  neighbours: ["--neighbors", "--knn", "--knn-k"],
  dropout: ["--dropout-rate"],
  temperature: ["--tau", "--temp"],
};

/**
 * The command that a word means which is none of ours.
 *
 * @param word What the user typed.
 * @param names Our commands.
 * @returns What to type instead, with an option where that is needed.
 * @example
 * ```ts
 * import { commandMeant } from "./other_names.ts";
 * commandMeant("list", ["train", "runs"]); // "runs"
 * commandMeant("eval", ["train", "evaluate"]); // "evaluate"
 * ```
 */
export function commandMeant(word: string, names: readonly string[]): string | undefined {
  const begun = word.length < 2 ? [] : names.filter((name) => name.startsWith(word));
  return commandNames[word] ?? (begun.length === 1 ? begun[0] : undefined);
}

/**
 * The option that a word means which is none of a command's.
 *
 * @param flag What the user typed, without a value.
 * @param command The command.
 * @returns What to type instead.
 */
export function optionMeant(flag: string, command: AnyCommand): string | undefined {
  const has = (name: string) => command.options.some(({ long }) => long === name);
  const word = flag.toLowerCase().replaceAll("_", "-");
  const others = Object.entries(optionNames).filter(([, names]) => names.includes(word));
  const option = has(word) ? word : others.find(([name]) => has(name))?.[0];
  if (option !== undefined) return option;
  const set = command.options.find((one) => one instanceof SetOption);
  if (set === undefined) return undefined;
  const named = Object.entries(settingNames).find(([, names]) => names.includes(word))?.[0];
  const setting = named ?? word.replace(/^--/, "").replaceAll("-", "_");
  return set.keys.includes(setting) ? flags.setting(`settings.${setting}`, "VALUE") : undefined;
}
