/**
 * `spectrum`: its arguments.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { spectrumDefaults } from "../../graph/spectrum_plan.ts";
import { resolveSettings, type SettingSpecs } from "../../models/settings.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand, settingOption } from "../common/command.ts";
import { trainOptions } from "../../training/configuration.ts";
import { userPath } from "../common/paths.ts";

/** Which spectrum, and how it is searched for. */
export interface SpectrumSettings {
  /** `interactions`, or a modality. */
  readonly graph: string;
  /** Nearest items of an item, in the graph of a modality. */
  readonly neighbours: number;
  /** Number of eigenpairs. */
  readonly eigenpairs: number;
  /** Number of bands. */
  readonly bands: number;
  /** The largest residual. */
  readonly tolerance: number;
  /** Columns of a block of the search. */
  readonly block: number;
  /** Columns of its basis (default: what suits the eigenpairs). */
  readonly basis?: number;
  /** The search fails after so many restarts. */
  readonly restarts: number;
  /** Decides on the start of the search. */
  readonly seed: number;
}

/** What the user asked `spectrum` for. */
export interface SpectrumRequest extends SpectrumSettings {
  /** The dataset. */
  readonly dataset: string;
  /** The folder that holds the dataset's folder. */
  readonly dataDirectory: string;
  /** Where to compute. */
  readonly adapter: "auto" | "gpu" | "cpu";
  /** Whether to print the result as JSON. */
  readonly json: boolean;
  /** Where the eigenpairs are written. */
  readonly out?: string;
  /** Where the plot is written. */
  readonly plot?: string;
}

/** The graph of the train interactions, as `--graph` names it. */
export const interactionsGraph = "interactions";

/** The options that are numbers and names. */
const spectrumOptions = {
  dataset: trainOptions.dataset,
  data_dir: trainOptions.data_dir,
  seed: { ...trainOptions.seed, description: "Random seed of the search" },
  graph: {
    type: "string",
    default: interactionsGraph,
    description: "interactions, or a modality for the graph of similar items",
  },
  neighbours: {
    type: "integer",
    default: 10,
    minimum: 1,
    description: "Neighbours of each item in a modality's graph, itself included",
  },
  eigenpairs: {
    type: "integer",
    default: 256,
    minimum: 1,
    description: "Number of lowest frequencies to find",
  },
  bands: {
    type: "integer",
    default: 3,
    minimum: 1,
    maximum: 16,
    description: "Number of bands to report feature energy for",
  },
  tolerance: {
    type: "number",
    default: spectrumDefaults.tolerance,
    description: "Largest residual accepted for an eigenpair",
  },
  block: {
    type: "integer",
    default: spectrumDefaults.block,
    minimum: 4,
    maximum: 32,
    multipleOf: 4,
    description: "Block size of the search",
  },
  basis: {
    type: "integer",
    default: 0,
    minimum: 0,
    description: "Basis size of the search; 0 for 2.5 times the eigenpairs",
  },
  restarts: {
    type: "integer",
    default: spectrumDefaults.restarts,
    minimum: 0,
    description: "Restarts before the search gives up",
  },
} as const satisfies SettingSpecs;

/**
 * What is searched for where nothing is said, of a graph that may be small.
 *
 * @param nodes Number of nodes.
 */
export function usualSpectrum(nodes: number): SpectrumSettings {
  const { basis, ...settings } = resolveSettings(spectrumOptions, {});
  return {
    ...settings,
    basis: basis || undefined,
    eigenpairs: Math.min(settings.eigenpairs, nodes),
  };
}

/** The forms in which `--out` writes, by the end of the name. */
const outForms = [".safetensors", ".csv", ".json"];

/**
 * The command.
 *
 * @param run What it does.
 */
export function spectrumCommand(run: (request: SpectrumRequest) => Promise<void>): AnyCommand {
  return createCommand("spectrum", "Find a graph's lowest frequencies and what they carry", [
    { purpose: "For the interactions of a dataset", line: "spectrum --dataset tiktok" },
    {
      purpose: "For the graph of items with similar images",
      line: "spectrum --dataset tiktok --graph image --eigenpairs 64",
    },
    {
      purpose: "Save the eigenvectors and a plot",
      line: "spectrum --dataset tiktok --out tiktok.safetensors --plot tiktok.svg",
    },
  ])
    .addOption(settingOption("--dataset <name>", spectrumOptions.dataset))
    .addOption(settingOption("--data-dir <folder>", spectrumOptions.data_dir).argParser(userPath))
    .addOption(settingOption("--graph <name>", spectrumOptions.graph))
    .addOption(settingOption("--neighbours <number>", spectrumOptions.neighbours))
    .addOption(settingOption("--eigenpairs <number>", spectrumOptions.eigenpairs))
    .addOption(settingOption("--bands <number>", spectrumOptions.bands))
    .addOption(settingOption("--tolerance <number>", spectrumOptions.tolerance))
    .addOption(settingOption("--block <number>", spectrumOptions.block))
    .addOption(settingOption("--basis <number>", spectrumOptions.basis))
    .addOption(settingOption("--restarts <number>", spectrumOptions.restarts))
    .addOption(settingOption("--seed <number>", spectrumOptions.seed))
    .addOption(adapterOption())
    .option("--json", "Print the result as JSON", false)
    .option(
      "--out <file>",
      "Write the eigenpairs to a .safetensors file, or without vectors to .csv or .json",
      outFile,
    )
    .option("--plot <file>", "Write an SVG plot", userPath)
    .action(({ adapter, json, out, plot, dataDir, neighbours, ...options }) => {
      const given = { ...options, data_dir: dataDir, neighbours };
      const flags = Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      );
      const { data_dir: dataDirectory, basis, ...settings } = resolveSettings(
        spectrumOptions,
        flags,
      );
      if (neighbours !== undefined && settings.graph === interactionsGraph) {
        throw new UsageError(
          "Cannot use --neighbours with the interaction graph: its edges are given",
          "Leave it out, or name a modality with --graph",
        );
      }
      const request = { ...settings, basis: basis || undefined, dataDirectory };
      return run({ ...request, adapter, json, out, plot });
    });
}

function outFile(path: string): string {
  if (outForms.some((form) => path.endsWith(form))) return userPath(path);
  throw new UsageError(
    `Cannot use --out "${path}": expected a name that ends with ${outForms.join(", ")}`,
    "The ending of the name sets the format; for the table alone use --out eigenvalues.csv",
  );
}
