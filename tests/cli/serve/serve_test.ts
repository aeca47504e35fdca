import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withOwnIds } from "../own_ids.ts";
import { projectFolder, runTask } from "../run_cli.ts";

const token = "a token of 23 characters".replaceAll(" ", "-");

/** A server in a process of its own, as a user starts it. */
async function started(args: string[]) {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "serve", "--port", "0", ...args],
    cwd: projectFolder,
    env: { INIT_CWD: projectFolder, NO_COLOR: "1", BANDPASS_TOKEN: token },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let log = "";
  const logging = (async () => {
    for await (const text of process.stderr.pipeThrough(new TextDecoderStream())) log += text;
  })();
  const output = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const url = (await output.read()).value?.trim();
  assert(url !== undefined, log);
  return {
    url,
    kill: (signal: Deno.Signal) => process.kill(signal),
    ask: (path: string, init: RequestInit = {}) =>
      fetch(url + path, { ...init, headers: { authorization: `Bearer ${token}` } }),
    events: () => log.trim().split("\n").map((line) => JSON.parse(line)),
    async logged(event: string) {
      for (let n = 0; n < 600 && !log.includes(`"event":"${event}"`); n++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assertStringIncludes(log, `"event":"${event}"`);
    },
    async ended() {
      const { code } = await process.status;
      await Promise.all([logging, output.cancel()]);
      return code;
    },
  };
}

Deno.test("serve answers with its token, loads its run again at SIGHUP but not a damaged one, and ends in order", () =>
  withOwnIds(async (run, folder) => {
    const server = await started([run]);
    const list = async () => await (await server.ask("/users/ann/recommendations")).json();
    const { run: name, items } = await list();
    assertEquals([name, items.map(({ item }: { item: string }) => item)], ["run", ["100%"]]);
    const refused = await fetch(`${server.url}/users/ann/recommendations`);
    assertEquals(refused.status, 401);
    await refused.body?.cancel();

    server.kill("SIGHUP");
    await server.logged("reload");
    const data = `${folder}/shop/shop.inter`;
    const text = await Deno.readTextFile(data);
    await Deno.writeTextFile(data, `${text}0\t4\t0\n`);
    server.kill("SIGHUP");
    await server.logged("reload refused");
    assertEquals((await list()).items, items);
    const metrics = await (await server.ask("/metrics")).text();
    assertStringIncludes(metrics, 'reloads_total{outcome="served"} 1');
    assertStringIncludes(metrics, 'reloads_total{outcome="refused"} 1');

    const asked = Array.from({ length: 50 }, list);
    await new Promise((resolve) => setTimeout(resolve, 20));
    server.kill("SIGTERM");
    for (const answer of await Promise.allSettled(asked)) {
      // What has not reached it when it ended was not accepted.
      if (answer.status === "fulfilled") assertEquals(answer.value.items, items);
    }
    assertEquals(await server.ended(), 0);
    const events = server.events();
    const last = events.filter(({ event }) => event !== "request").map(({ event }) => event);
    assertEquals(last.slice(-5), ["ready", "reload", "reload refused", "ending", "ended"]);
    const { message } = events.find(({ event }) => event === "reload refused");
    assertStringIncludes(message, "differs from the one it was trained on");
    assert(!JSON.stringify(events).includes(token) && !JSON.stringify(events).includes(`"ann"`));
  }));

Deno.test("serve --watch loads a run that was trained again, and not before it has its result", async () => {
  const run = `watched-${Deno.pid}`;
  const path = `${projectFolder}runs/${run}`;
  try {
    const { code, stderr } = await runTask(["train", "--model", "popularity", "--run", run]);
    assertEquals(code, 0, stderr);
    const server = await started([run, "--watch", "--log", "problems"]);
    const reloads = () => server.events().filter(({ event }) => event === "reload").length;
    const result = await Deno.readTextFile(`${path}/result.json`);
    // As a training does that goes on.
    await Deno.remove(`${path}/result.json`);
    await Deno.writeTextFile(`${path}/config.json`, await Deno.readTextFile(`${path}/config.json`));
    await new Promise((resolve) => setTimeout(resolve, 6500));
    assertEquals(reloads(), 0);
    await Deno.writeTextFile(`${path}/result.json`, result);
    await server.logged("reload");
    assertEquals((await server.ask("/ready")).status, 200);
    server.kill("SIGINT");
    assertEquals(await server.ended(), 0);
    assert(server.events().every(({ event }) => event !== "request"));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
});

Deno.test("serve refuses what it cannot serve, and where anybody could ask it", async () => {
  const refusals: [string[], number, string][] = [
    [[], 2, "without a run"],
    [["no-such-run"], 3, "no such folder"],
    [["x", "--host", "0.0.0.0"], 2, "without a token"],
    [["x", "--host", "a,b"], 2, "expected a name or an address"],
    [["x", "--port", "99999"], 2, "from 0 to 65535"],
    [["x", "--host-name", "http://shop"], 2, "without a scheme"],
    [["x", "--token-file", "cli/launch.sh"], 3, "Cannot use the token"],
    [["x", "--token-file", "no-such-file"], 3, "no-such-file"],
  ];
  for (const [args, code, text] of refusals) {
    const port = args.includes("--port") ? [] : ["--port", "0"];
    const outcome = await runTask(["serve", ...args, ...port]);
    assertEquals([outcome.code, outcome.stdout], [code, ""], outcome.stderr);
    assertStringIncludes(outcome.stderr, text);
  }
  const short = await runTask(["serve", "x"], { BANDPASS_TOKEN: "short" });
  assertEquals(short.code, 3);
  assertStringIncludes(short.stderr, "16 characters or more");
  const both = await runTask(["serve", "x", "--token-file", "a"], { BANDPASS_TOKEN: token });
  assertEquals(both.code, 2);
  assertStringIncludes(both.stderr, "both");
});
