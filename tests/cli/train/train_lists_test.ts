import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runTask } from "../run_cli.ts";

Deno.test("train lists presets and the settings of a model", async () => {
  const list = await runTask(["train", "--list-presets"]);
  assertStringIncludes(list.stdout, "--model smore --preset tiktok");
  const settings = await runTask(["train", "--model", "smore", "--list-settings"]);
  assertStringIncludes(settings.stdout, "keep_bins=0");
});

Deno.test("train --json gives each list as one object", async () => {
  const { presets } = JSON.parse((await runTask(["train", "--list-presets", "--json"])).stdout);
  assert(
    presets.some(({ name, model }: Record<string, string>) =>
      `${name} ${model}` === "tiktok smore"
    ),
  );
  const list = await runTask(["train", "--model", "bpr", "--json", "--list-settings"]);
  const { model, settings } = JSON.parse(list.stdout);
  assertEquals([model, settings.dim.type], ["bpr", "integer"]);
});
