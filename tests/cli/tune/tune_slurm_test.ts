import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { named, startCluster } from "../../lab/slurm/cluster.ts";
import { shop, withFolder } from "../../recommender/shop.ts";
import { projectFolder, withRun } from "../run_cli.ts";

const text = new TextDecoder();

/** Runs the command as users do, with the permissions that its arguments need. */
async function tune(args: readonly string[], env: Readonly<Record<string, string>>) {
  const deno = dirname(Deno.execPath());
  const { code, stdout, stderr } = await new Deno.Command(`${projectFolder}bandpass`, {
    args: ["tune", ...args],
    env: { NO_COLOR: "1", ...env, PATH: `${deno}:${env.PATH ?? Deno.env.get("PATH")}` },
    stdin: "null",
  }).output();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** A folder of datasets with a small one in it. */
async function withData(use: (folder: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/tiny`);
    const rows = ["train", "valid", "test"].flatMap((split, label) => {
      const { users, items } = shop[split as "train"];
      return Array.from(users, (user, row) => `${user}\t${items[row]}\t${label}`);
    });
    const lines = ["userID\titemID\tx_label", ...rows];
    await Deno.writeTextFile(`${folder}/tiny/tiny.inter`, `${lines.join("\n")}\n`);
    await use(folder);
  });
}

const asked = (data: string, name: string) => [
  ...["--dataset", "tiny", "--data-dir", data, "--name", name],
  ...["--models", "popularity", "--trials", "1"],
];

Deno.test("tune refuses what Slurm cannot do, or where it is not asked for", async () => {
  const cases = [
    [["--sbatch-args", "--time=5"], "without --engine slurm"],
    [["--engine", "slurm"], "by minutes"],
    [["--engine", "slurm", "--trials", "3", "--sbatch-args", "gpu"], 'Cannot use "gpu"'],
    [["--engine", "slurm", "--trials", "3", "--sbatch-args", "--array=1"], 'Cannot use "--array"'],
  ] as const;
  for (const [args, message] of cases) {
    const { code, stderr } = await tune(args, {});
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, message);
  }
});

Deno.test("tune says that Slurm is not there or answers nothing of use, and goes on without it", () =>
  withData((data) =>
    withRun(async (name) => {
      await withFolder(async (bin) => {
        for (
          const program of ["sh", "dirname", "readlink", "sed", "sort", "head", "grep", "uname"]
        ) {
          const { stdout } = await new Deno.Command("which", { args: [program] }).output();
          await Deno.symlink(text.decode(stdout).trim(), `${bin}/${program}`);
        }
        // Where a driver is need not be looked for in this PATH.
        const env = { PATH: bin, VK_DRIVER_FILES: Deno.env.get("VK_DRIVER_FILES") ?? "" };
        const { code, stderr } = await tune([...asked(data, name), "--engine", "slurm"], env);
        assertEquals(code, 1, stderr);
        assertStringIncludes(
          stderr,
          'error: Cannot run trials on Slurm: "squeue" is not installed',
        );
        assertStringIncludes(stderr, "--engine local");
        assertEquals(stderr.includes("allow-run"), false, stderr);
        const answers = [
          ["exit 3", "exit 0", "squeue failed: it ended with exit code 3 and said nothing"],
          ["exit 0", "echo rubbish", 'sbatch gave no number, but "rubbish"'],
          ["exit 0", "echo no such partition >&2; exit 1", "sbatch failed: no such partition"],
        ];
        for (const [squeue, sbatch, message] of answers) {
          for (const [program, script] of Object.entries({ squeue, sbatch })) {
            await Deno.writeTextFile(`${bin}/${program}`, `#!/bin/sh\n${script}\n`, {
              mode: 0o755,
            });
          }
          const found = await tune([...asked(data, name), "--engine", "slurm"], env);
          assertEquals(found.code, 1, found.stderr);
          assertStringIncludes(found.stderr, message);
        }
      });
      const { code, stderr } = await tune(asked(data, name), {});
      assertEquals(code, 0, stderr);
    })
  ));

Deno.test({
  ...named("tune --engine slurm has a cluster run its trials"),
  fn: () =>
    withFolder(async (folder) => {
      await using cluster = await startCluster(await Deno.realPath(folder));
      await withData((data) =>
        withRun(async (name, run) => {
          // As programs of clusters' users often have it.
          const env = { ...cluster.env, LD_LIBRARY_PATH: "/none" };
          const args = [
            ...asked(data, name),
            "--engine=slurm",
            "--sbatch-args",
            "--time=5 --mem=400",
          ];
          const { code, stderr } = await tune(args, env);
          assertEquals(code, 0, stderr);
          assertStringIncludes(stderr, "Submitted job 1: 1 task\n");
          const [line] = (await Deno.readTextFile(`${run}/trials.ndjson`)).split("\n");
          assertEquals(JSON.parse(line).status, "finished");
          const claim = await Deno.readTextFile(`${run}/slurm/claims/0000-0.json`);
          assertEquals(JSON.parse(claim).task, "1_0");
        })
      );
    }),
});
