import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runTask, withRun } from "../run_cli.ts";

const training = ["train", "--model", "lightgcn", "--epochs", "5", "--no-yardstick"];

Deno.test("train says while it runs, and at its end, that a training does not learn, and what does", () =>
  withRun((name) =>
    withRun(async (again) => {
      const { code, stdout, stderr } = await runTask(
        [...training, "--set", "learning_rate=0.5", "--run", name, "--json"],
      );
      assertEquals(code, 0, stderr);
      const [during, atEnd, ...more] = stderr.split("Warning: ").slice(1);
      assertEquals(more, []);
      const found =
        /^Not learning in the first 5 epochs: validation Recall@20 fell from 0\.\d{4} to 0\.\d{4} while the loss fell too; the learning rate may be too large\n/;
      for (const warning of [during, atEnd]) {
        assertMatch(warning, found);
        assertStringIncludes(
          warning,
          `  try: ./bandpass train --config runs/${name}/config.json --set learning_rate=0.001\n`,
        );
      }
      const { notes } = JSON.parse(stdout);
      const told = notes.filter((note: string) => note.includes("Not learning"));
      assertEquals(told.length, 1, notes.join("\n"));
      // What it says to try, learns.
      const other = await runTask([
        ...["train", "--config", `runs/${name}/config.json`, "--set", "learning_rate=0.001"],
        ...["--run", again, "--json"],
      ]);
      assertEquals(other.code, 0, other.stderr);
      assert(!other.stderr.includes("Not learning"), other.stderr);
    })
  ));

Deno.test("train keeps the weights of modalities that it measured, so that a run can be repeated", () =>
  withRun((name, folder) =>
    withRun(async (again, againFolder) => {
      const first = ["train", "--model", "freedom", "--epochs", "1"];
      const { code, stderr } = await runTask([...first, "--run", name]);
      assertEquals(code, 0, stderr);
      const [, weights] = /Modality weights by validation: (.+)\n/.exec(stderr)!;
      const { settings } = JSON.parse(await Deno.readTextFile(`${folder}/config.json`));
      assertEquals(
        settings.graph_weights,
        weights.replaceAll(", ", ",").replaceAll(/(\w) /g, "$1="),
      );
      const config = ["--config", `runs/${name}/config.json`];
      const repeated = await runTask(["train", ...config, "--run", again]);
      assertEquals(repeated.code, 0, repeated.stderr);
      assert(!repeated.stderr.includes("by validation"), repeated.stderr);
      const [one, two] = await Promise.all(
        [folder, againFolder].map((path) => Deno.readFile(`${path}/best.safetensors`)),
      );
      assertEquals(one, two);
    })
  ));
