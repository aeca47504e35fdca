import { assertRejects } from "@std/assert";
import { refuseRemoval } from "../../../cli/runs/remove_runs.ts";
import { BandpassError } from "../../../errors.ts";

Deno.test("refuseRemoval() refuses a tune that holds what it did not write, wherever in it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files = ["tune.json", "lock", "outcomes/0000-0.json", "trials/0000/config.json"];
    for (
      const path of [...files, "trials/0001.0123456789abcdef.tmp/run.json", "blend/config.json"]
    ) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]+$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, "");
    }
    await refuseRemoval(folder);
    const others = ["notes.md", "trials/notes.md", "trials/0000/notes.md", "blend/a.csv"];
    for (const other of [...others, "outcomes/notes.md"]) {
      await Deno.writeTextFile(`${folder}/${other}`, "mine");
      const refused = await assertRejects(() => refuseRemoval(folder), BandpassError);
      await Deno.remove(`${folder}/${other}`);
      if (!refused.message.includes(`"${other}", which tuning did not write`)) throw refused;
    }
    await Deno.mkdir(`${folder}/trials/0000/exported`);
    await assertRejects(() => refuseRemoval(folder), BandpassError, '"trials/0000/exported"');
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
