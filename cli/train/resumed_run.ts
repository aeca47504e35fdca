/**
 * A run that training goes on with, and how it stands.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { isTrained, type TrainedDefinition, trainedSettings } from "../../models/define_model.ts";
import { openRun } from "../../recommender/run.ts";
import { savedPosition } from "../../training/checkpoint.ts";
import type { Configuration } from "../../training/configuration.ts";
import { type SavedPosition, stopReason, stopReasons } from "../../training/position.ts";
import type { RunFolder } from "../../training/run_folder.ts";
import { flags } from "../common/flags.ts";
import { givenModel, modelWords } from "../common/model_option.ts";
import { shownPath } from "../common/paths.ts";
import { runPath } from "../common/run_option.ts";
import { lastRun } from "../common/run_reference.ts";
import { endOf } from "./train_report.ts";

/** Which run, and what is given anew. */
export interface ResumeRequest {
  /** The run, as the user named it. */
  readonly resume: string;
  /** The file that defines the model, where that is not built in. */
  readonly modelFile?: string;
  /** The folder that holds the dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** Another number of epochs at most than the run was started with. */
  readonly epochs?: number;
}

/** A run to go on with. */
export interface ResumedRun {
  /** Its folder. */
  readonly folder: RunFolder;
  /** What it goes on with. */
  readonly configuration: Configuration;
  /** Its model. */
  readonly definition: TrainedDefinition;
  /** Whether there is nothing left to train. */
  readonly isFinished: boolean;
  /** How it stands, in a few words. */
  readonly state: string;
  /** Which run was taken of several, and what could be done with one that is finished already. */
  readonly notes: readonly string[];
}

/**
 * Opens a run to go on with.
 *
 * @param request Which one.
 * @throws {DataError} It is not the folder of a run, or is damaged.
 * @throws {UsageError} It has nothing to train, or its configuration was edited.
 */
export async function resumedRun(request: ResumeRequest): Promise<ResumedRun> {
  const notes: string[] = [];
  const { folder, configuration, definition } = await openRun(
    // Which run is the last one stands in the header.
    runPath(request.resume, (text) => request.resume === lastRun || notes.push(text)),
    await givenModel(request.modelFile),
    modelWords,
  );
  if (!isTrained(definition)) {
    throw new UsageError(
      `Cannot resume "${folder.path}": "${definition.name}" has no parameters, and was computed in one go`,
      "Evaluate it, or ask it for recommendations",
    );
  }
  const position = await positionOf(folder, configuration);
  // They are kept with the state, so that config.json stays what the run was started with.
  const epochs = request.epochs ?? position?.epochs ?? configuration.epochs;
  const { dataDir = configuration.data_dir } = request;
  const now = { ...configuration, epochs, data_dir: dataDir };
  const opened = { folder, definition, configuration: now, notes };
  if (position === undefined) {
    return {
      ...opened,
      isFinished: false,
      state: "from the start: it ended before its first epoch was saved",
    };
  }
  const settings = trainedSettings(definition, configuration.settings);
  const reason = stopReason(position, { epochs, settings });
  if (reason === undefined) {
    return { ...opened, isFinished: false, state: stateOf(position) };
  }
  const path = shownPath(folder.path);
  const model = request.modelFile === undefined ? undefined : { model: request.modelFile };
  // It may have had more epochs than it is given now.
  const more = String(2 * position.epoch);
  notes.push(
    reason === stopReasons.maximumEpochs
      ? `To train it for longer: ${
        flags.command("train", { resume: path, epochs: more, ...model })
      }`
      : `To train for longer, start a new run with more patience: ${
        flags.command("train", {
          config: `${path}/config.json`,
          "settings.patience": String(Math.max(1, 2 * settings.patience)),
          ...model,
        })
      }`,
  );
  return {
    ...opened,
    isFinished: true,
    state: `already finished ${endOf(position.epoch, reason)}`,
  };
}

function stateOf({ epoch, epochStep }: SavedPosition): string {
  return epochStep === 0 ? `resumed after epoch ${epoch}` : `resumed in epoch ${epoch + 1}`;
}

/** Where the run stands; nothing where it has saved no state yet. */
async function positionOf(
  folder: RunFolder,
  { epochs }: Configuration,
): Promise<SavedPosition | undefined> {
  const started = folder.record?.configuration.epochs ?? epochs;
  if (started !== epochs) {
    throw new UsageError(
      `Cannot resume "${folder.path}": its config.json was edited after it was started: epochs ` +
        `${epochs}, then ${started}`,
      `Put the value back, and resume with --epochs ${epochs}`,
    );
  }
  if (!await folder.hasCheckpoint("last")) return undefined;
  using state = await folder.openCheckpoint("last");
  return savedPosition(state);
}
