/**
 * How commands end: `serve` that is interrupted when it is ready and when it has just loaded its run again, and
 * `export` that refuses something while the device computes. Counts their exit codes; a process that crashes at its
 * end has 139 or 134 (docs/webgpu.md, trap 15). Prints a line of JSON a kind.
 *
 * `deno run --allow-all bench/ends.ts [--times 60]`
 *
 * @module
 */
import { withOwnIds } from "../tests/cli/own_ids.ts";
import { projectFolder, runTask, withRun } from "../tests/cli/run_cli.ts";
import { benchArguments, count } from "./bench_arguments.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: { times: { type: "string", default: "60" } },
});
const times = count("times", flags.times);

/** The exit code of a server that is interrupted when it is ready, or when it has loaded its run again. */
async function servedCode(run: string, isReloaded: boolean): Promise<number> {
  const server = new Deno.Command("sh", {
    args: ["cli/launch.sh", "serve", run, "--port", "0", "--watch", "--log", "problems"],
    cwd: projectFolder,
    env: { INIT_CWD: projectFolder, BANDPASS_DENO: Deno.execPath(), NO_COLOR: "1" },
    ...{ stdin: "null", stdout: "null", stderr: "piped" },
  }).spawn();
  let log = "";
  const events = server.stderr.pipeThrough(new TextDecoderStream());
  const logged = async (event: string) => {
    for await (const text of events.values({ preventCancel: true })) {
      log += text;
      if (log.includes(`"event":"${event}"`)) return;
    }
    throw new Error(`The server ended before "${event}":\n${log}`);
  };
  await logged("ready");
  if (isReloaded) {
    const path = `${run}/config.json`;
    await Deno.writeTextFile(path, await Deno.readTextFile(path));
    await logged("reload");
  }
  server.kill("SIGINT");
  const { code } = await server.status;
  for await (const _ of events);
  return code;
}

async function countCodes(kind: string, codeOf: () => Promise<number>): Promise<void> {
  const codes: Record<number, number> = {};
  for (let n = 0; n < times; n++) {
    const code = await codeOf();
    codes[code] = (codes[code] ?? 0) + 1;
  }
  console.log(JSON.stringify({ kind, codes }));
}

await withOwnIds(async (run) => {
  await countCodes("serve, ended when it is ready", () => servedCode(run, false));
  await countCodes("serve, ended after a reload", () => servedCode(run, true));
});
await withRun(async (run, folder) => {
  const trained = ["train", "--dataset", "sample", "--model", "lightgcn", "--epochs", "1"];
  await runTask([...trained, "--no-yardstick", "--run", run]);
  const inFile = `${folder}/config.json/exported`;
  await countCodes(
    "export, refused while the device computes",
    async () => (await runTask(["export", run, "--out", inFile])).code,
  );
});
