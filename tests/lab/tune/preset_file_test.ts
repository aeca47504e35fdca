import { assertEquals, assertRejects } from "@std/assert";
import { trainCommand, type TrainRequest } from "../../../cli/train/train_command.ts";
import { BandpassError, DataError } from "../../../errors.ts";
import { readPresetFile, writePresetFile } from "../../../lab/tune/preset_file.ts";
import { modelNamed } from "../../../models/registry.ts";
import { withFolder } from "../../recommender/shop.ts";

const found = {
  ...{ model: "lightgcn", dataset: "tiny", data_sha256: "ab", source: "a test" },
  settings: { layers: 3 },
};

Deno.test("readPresetFile() reads what was written, and says what is no preset", () =>
  withFolder(async (folder) => {
    const path = `${folder}/preset.json`;
    await writePresetFile(path, found);
    assertEquals(await readPresetFile(path), found);
    const cases: [text: string, message: string][] = [
      ["{", "it is not JSON"],
      ["[]", "expected an object"],
      ['{"model": "a", "model": "b"}', 'has "model" twice'],
      ["{}", 'it has no "model"'],
      [JSON.stringify({ ...found, settings: 3 }), 'its "settings" is 3, expected an object'],
      [JSON.stringify({ ...found, epochs: 3 }), 'it has an unknown key "epochs"'],
    ];
    for (const [text, message] of cases) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readPresetFile(path), DataError, message);
    }
  }));

/** What `train` is asked for by a command line. */
async function trained(...args: string[]): Promise<TrainRequest> {
  let asked: TrainRequest | undefined;
  const run = (request: TrainRequest) => Promise.resolve(void (asked = request));
  const modelOf = (model: string) => Promise.resolve(modelNamed(model));
  await trainCommand(run, modelOf).parseAsync(args, { from: "user" });
  return asked!;
}

Deno.test("train --preset takes a file: its model and settings, over which others stand", () =>
  withFolder(async (folder) => {
    const path = `${folder}/preset.json`;
    await writePresetFile(path, found);
    const { configuration } = await trained("--preset", path, "--set", "reg=0.5");
    const { model, settings } = configuration!.configuration;
    assertEquals([model, settings.layers, settings.reg], ["lightgcn", 3, 0.5]);
    const own = await trained("--preset", path, "--set", "layers=1");
    assertEquals(own.configuration!.configuration.settings.layers, 1);
    const wrong = () => trained("--preset", path, "--model", "ssr");
    await assertRejects(wrong, BandpassError, 'for "ssr": it was found for "lightgcn"');
    const config = `${folder}/config.json`;
    await Deno.writeTextFile(config, '{"model": "bpr"}');
    const other = () => trained("--preset", path, "--config", config);
    await assertRejects(other, BandpassError, 'for "bpr": it was found for "lightgcn"');
    await writePresetFile(path, { ...found, settings: { layer: 3 } });
    await assertRejects(() => trained("--preset", path), BandpassError, `"layer" in "${path}"`);
  }));
