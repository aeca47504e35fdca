/**
 * `verify`: its arguments and its output.
 *
 * @module
 */
import { BandpassError, DataError } from "../../errors.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { flags } from "../common/flags.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { userPath } from "../common/paths.ts";

/** How far the scores of a model are from a golden file, relative to the largest magnitude. */
export interface ScoreErrors {
  /** The golden file. */
  readonly file: string;
  /** The model that it is of. */
  readonly model: string;
  /** Error of the scores. */
  readonly score_error: number;
}

/** How far a trained model is from a golden file; errors relative to the largest magnitude of a tensor. */
export interface StepErrors extends ScoreErrors {
  /** Settings that the file does not tell, chosen for the best fit. */
  readonly variant?: Readonly<Record<string, string>>;
  /** Error of the loss of one step. */
  readonly loss_error: number;
  /** The greatest error of a gradient. */
  readonly gradient_error: number;
  /** The parameter whose gradient that is. */
  readonly worst_gradient: string;
  /** The greatest error of the losses of the Adam steps. */
  readonly adam_loss_error: number;
}

/** How far a model is from a golden file: of a computed one, the scores are all there is. */
export type VerifyErrors = StepErrors | ScoreErrors;

/** The greatest errors with which a golden file of a trained model passes. */
export const verifyBounds = {
  loss_error: 1e-5,
  gradient_error: 1e-3,
  score_error: 1e-3,
  adam_loss_error: 1e-3,
} as const;

/** The greatest errors with which a golden file of a computed model passes. */
export const computedBounds = { score_error: 1e-5 } as const;

/** What `verify` needs to be given. */
export interface VerifyActions {
  /** Runs a golden file. */
  readonly verifyFile: (file: string) => Promise<VerifyErrors>;
  /** Gives back what it held. */
  readonly close: () => Promise<void>;
}

/**
 * The command.
 *
 * @param open Opens an adapter, on which the files are then run in turn.
 */
export function verifyCommand(
  open: (adapter: "auto" | "gpu" | "cpu") => Promise<VerifyActions>,
): AnyCommand {
  return createCommand("verify", "Compare models with golden files from other implementations", [
    { purpose: "Verify golden files", line: "verify lightgcn.safetensors bpr.safetensors" },
    {
      purpose: "Print the errors as JSON, one object per line",
      line: "verify --json *.safetensors",
    },
  ])
    .argument("<files...>", "Golden files (safetensors)")
    .addOption(adapterOption())
    .option("--json", "Print one JSON object per file", false)
    .action(async (files, { adapter, json }) => {
      const actions = await open(adapter);
      try {
        let failed = 0;
        let unusable: BandpassError | undefined;
        for (const file of files.map(userPath)) {
          const errors = await actions.verifyFile(file).catch((error) => {
            // A device that is lost is lost for the other files too.
            if (!(error instanceof DataError)) throw error;
            return error;
          });
          if (errors instanceof DataError) {
            unusable ??= errors;
            const { message } = errors.told(flags);
            if (json) await writeJson({ file, error: message, passed: false });
            else await writeResult(`FAILED  ${message}\n`);
            continue;
          }
          const passed = withinBounds(errors);
          if (!passed) failed++;
          if (json) await writeJson({ ...errors, passed });
          else await writeResult(verifyText(errors));
        }
        if (unusable !== undefined) throw unusable;
        if (failed > 0) {
          throw new BandpassError(
            `${failed} of ${files.length} golden files are not reproduced`,
            "Look for the largest error above its bound; gradients tell the most",
          );
        }
      } finally {
        await actions.close();
      }
    });
}

/**
 * Whether all errors are within {@linkcode verifyBounds}, or {@linkcode computedBounds}; one that is not a
 * number never is.
 *
 * @param errors The errors of a golden file.
 */
export function withinBounds(errors: VerifyErrors): boolean {
  return bounded(errors).every(({ error, bound }) => error <= bound);
}

/** The errors that have a bound, in the order in which they are shown. */
function bounded(errors: VerifyErrors): { key: string; error: number; bound: number }[] {
  if (!("loss_error" in errors)) {
    return [{ key: "score_error", error: errors.score_error, bound: computedBounds.score_error }];
  }
  return boundKeys.map((key) => ({ key, error: errors[key], bound: verifyBounds[key] }));
}

const boundKeys = ["loss_error", "gradient_error", "score_error", "adam_loss_error"] as const;

/**
 * The errors of a golden file in a line for people to read; `>` marks one above its bound.
 *
 * @param errors The errors of a golden file.
 */
export function verifyText(errors: VerifyErrors): string {
  const { worst_gradient, variant = {} }: Partial<StepErrors> = errors;
  const shown = bounded(errors).map(({ key, error, bound }) => {
    const above = error <= bound ? "" : ` > ${bound}`;
    const worst = key === "gradient_error" ? ` (${worst_gradient})` : "";
    return `${key.replace("_error", "").replace("_", " ")} ${
      error.toExponential(1)
    }${above}${worst}`;
  });
  const verdict = withinBounds(errors) ? "passed" : "FAILED";
  const settings = Object.entries(variant).map((entry) => ` ${entry.join("=")}`).join("");
  return `${verdict}  ${errors.model}${settings}  ${shown.join("  ")}  ${errors.file}\n`;
}
