/**
 * The command line with commands that print what they were asked for, and nothing else: what the
 * arguments mean is tested without a GPU and without training.
 *
 * @module
 */
import { createCommand } from "../../cli/common/command.ts";
import { doctorCommand } from "../../cli/doctor/doctor_command.ts";
import { evaluateCommand } from "../../cli/evaluate/evaluate_command.ts";
import { main } from "../../cli/common/run_program.ts";
import { writeJson, writeResult } from "../../cli/common/output.ts";
import { recommendCommand } from "../../cli/recommend/recommend_command.ts";
import { spectrumCommand } from "../../cli/spectrum/spectrum_command.ts";
import { trainCommand } from "../../cli/train/train_command.ts";
import { verifyCommand } from "../../cli/verify/verify_command.ts";
import { DataError, GpuError, UsageError } from "../../errors.ts";
import { defineModel, type ModelDefinition } from "../../models/define_model.ts";
import type { SettingSpecs } from "../../models/settings.ts";

const lightgcn = {
  layers: { type: "integer", default: 2, minimum: 0, maximum: 8, description: "Layers" },
  reg: { type: "number", default: 1e-4, minimum: 0, description: "Regularisation" },
} as const satisfies SettingSpecs;

function modelOf(model: string): Promise<ModelDefinition> {
  if (model !== "lightgcn") {
    throw new UsageError(`Unknown model "${model}"`, 'Did you mean "lightgcn"?');
  }
  const definition = defineModel({
    name: "lightgcn",
    description: "A model that is only named",
    settings: lightgcn,
    compute: () => ({ represent: () => ({ scoreBlock: () => {} }) }),
  });
  return Promise.resolve(definition);
}

const failing = createCommand("fail", "Fail in the way that the argument says", [])
  .argument("<how>", "How")
  .action(async (how) => {
    if (how === "defect") throw new TypeError("undefined is no function");
    if (how === "write") await Deno.writeTextFile("/forbidden/file", "");
    if (how === "read") await Deno.readTextFile("/forbidden/file");
    if (how === "output") await writeResult("a result");
    if (how === "pipe") throw new Deno.errors.BrokenPipe();
  });

const verify = verifyCommand((adapter) =>
  Promise.resolve({
    verifyFile: (file) => {
      if (file === "missing") return Promise.reject(new DataError("Cannot read it", "Look for it"));
      if (file === "lost") return Promise.reject(new GpuError("The device is lost", "Start anew"));
      return Promise.resolve({
        file,
        model: adapter,
        loss_error: 0,
        gradient_error: file === "bad" ? NaN : 1e-4,
        worst_gradient: "weight",
        score_error: 1e-3,
        adam_loss_error: 1e-9,
      });
    },
    close: () => Promise.resolve(console.error("closed")),
  })
);

const doctor = doctorCommand((adapter) =>
  Promise.resolve({
    limits: { maxBufferSize: 1 },
    checks: [{
      name: adapter,
      passed: adapter !== "gpu",
      found: "something",
      remedy: adapter === "gpu" ? "Use the cpu" : undefined,
    }],
  }), {
  tune: () => Promise.reject(new GpuError("no timestamps")),
  forget: () => Promise.resolve(false),
});

Deno.exit(
  await main(Deno.args, [
    trainCommand(
      ({ configuration, ...request }) =>
        writeJson({ ...request, configuration: configuration?.configuration }),
      modelOf,
    ),
    evaluateCommand(writeJson),
    recommendCommand(writeJson),
    spectrumCommand(writeJson),
    verify,
    doctor,
    failing,
  ]),
);
