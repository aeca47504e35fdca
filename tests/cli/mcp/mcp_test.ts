// The package names its types where they are not.
// @ts-types="npm:@modelcontextprotocol/sdk@1.32.2/client"
import { Client } from "@modelcontextprotocol/sdk/client";
// @ts-types="npm:@modelcontextprotocol/sdk@1.32.2/client/stdio"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withOwnIds } from "../own_ids.ts";
import { shownFile } from "../../docs/fenced.ts";
import { projectFolder, runTask, withRun } from "../run_cli.ts";

/** How a client starts the server: the launcher becomes it. */
const launched = (...args: string[]) => ({
  command: "sh",
  args: ["cli/launch.sh", "mcp", ...args],
  cwd: projectFolder,
  env: { BANDPASS_DENO: Deno.execPath(), PATH: Deno.env.get("PATH")!, NO_COLOR: "1" },
});

/** Connects the protocol's own client. */
async function withClient(run: string, use: (client: Client) => Promise<void>): Promise<string> {
  const transport = new StdioClientTransport({ ...launched(run), stderr: "pipe" });
  let stderr = "";
  transport.stderr!.on("data", (bytes: Uint8Array) => stderr += new TextDecoder().decode(bytes));
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  try {
    await use(client);
  } finally {
    await client.close();
  }
  return stderr;
}

/** The answer of a tool, which is there as an object and as text. */
async function answerOf(client: Client, name: string, args: Record<string, unknown>) {
  const { structuredContent, content, isError } = await client.callTool({ name, arguments: args });
  const [{ text }] = content as { text: string }[];
  assertEquals(isError, undefined, text);
  assertEquals(JSON.parse(text), structuredContent);
  return structuredContent as Record<string, unknown>;
}

/** What a tool says of arguments that it refuses, to the model that gave them. */
async function refusalOf(client: Client, name: string, args: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: args });
  assertEquals(isError, true);
  return (content as { text: string }[])[0].text;
}

Deno.test("mcp lists its tools and answers them, to the protocol's own client", () =>
  withOwnIds(async (run) => {
    const stderr = await withClient(run, async (client) => {
      const { tools } = await client.listTools();
      assertEquals(tools.map(({ name }) => name), ["recommend", "similar", "explain"]);
      for (const { description, inputSchema, annotations } of tools) {
        assert(description!.length > 30);
        assertEquals(annotations?.readOnlyHint, true);
        assertEquals(inputSchema.additionalProperties, false);
      }
      assertEquals(tools[1].inputSchema.required, ["item"]);

      const { items, ...list } = await answerOf(client, "recommend", { user: "ann", top_k: 2 });
      assertEquals(list, { run: "run", user: "ann", basis: "model" });
      assertEquals((items as { item: string }[]).map(({ item }) => item), ["100%"]);
      const ofHistory = { history: ["B001"], top_k: 2, excluded: ["a,b"] };
      const { items: others, user } = await answerOf(client, "recommend", ofHistory);
      assertEquals(user, undefined);
      assert((others as { item: string }[]).every(({ item }) => item !== "a,b"));
      const similar = await answerOf(client, "similar", { item: "a,b", top_k: 1 });
      assertEquals([similar.item, (similar.items as unknown[]).length], ["a,b", 1]);
      const why = { history: ["B001"], items: ["a,b"] };
      const { explanations } = await answerOf(client, "explain", why);
      const [{ item, sentences }] = explanations as { item: string; sentences: string[] }[];
      assertEquals(item, "a,b");
      assert(sentences.length > 0 && sentences[0].length > 10, JSON.stringify(explanations));

      const refusals = [
        ["recommend", { user: "nobody" }, '"nobody"'],
        ["recommend", {}, 'Expected either "user" or "history"'],
        ["recommend", { user: "ann", history: [] }, 'Expected either "user" or "history"'],
        ["recommend", { user: "ann", top_k: 1001 }, "top_k"],
        ["recommend", { user: "ann", topK: 3 }, '"topK"'],
        ["recommend", { user: ["ann"] }, "user"],
        ["similar", { item: "none" }, '"none"'],
        ["similar", {}, "item"],
        ["explain", { user: "ann", items: [] }, "items"],
        ["delete", {}, "delete"],
      ] as const;
      for (const [name, args, message] of refusals) {
        assertStringIncludes(await refusalOf(client, name, args), message);
      }
      // All of them at once, and it still answers.
      const calls = Array.from(
        { length: 40 },
        () => answerOf(client, "recommend", { user: "ann" }),
      );
      assertEquals(new Set((await Promise.all(calls)).map((one) => JSON.stringify(one))).size, 1);
    });
    assert(!/error|bug/i.test(stderr), stderr);
  }, "itemknn"));

/** Makes a run of a model that prints, as a model of the user's own may. */
async function withLoudModel(use: (...args: string[]) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/loud.ts`;
    const model = await shownFile("docs/adding_a_model.md", "my_walk.ts");
    await Deno.writeTextFile(file, `console.log("loud");\n${model}`);
    await withRun(async (run) => {
      const { code, stderr } = await runTask(["train", "--model", file, "--run", run]);
      assertEquals(code, 0, stderr);
      await use(run, "--model", file);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("mcp writes messages of the protocol alone on stdout, and ends when the client hangs up", () =>
  withLoudModel(async (...run) => {
    const { command, args, cwd, env } = launched(...run);
    const process = new Deno.Command(command, {
      ...{ args, cwd, env, stdin: "piped", stdout: "piped", stderr: "piped" },
    }).spawn();
    const lines = [
      "this is no JSON",
      '{"jsonrpc":"2.0"}',
      JSON.stringify({
        ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
        params: {
          protocolVersion: "2025-06-18",
          capabilities: {},
          clientInfo: { name: "t", version: "1" },
        },
      }),
      JSON.stringify({ jsonrpc: "2.0", id: 2, method: "none" }),
      JSON.stringify({
        ...{ jsonrpc: "2.0", id: 3, method: "tools/call" },
        params: { name: "recommend", arguments: { user: 7 } },
      }),
    ];
    const writer = process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
    // The client hangs up at once, and what it has asked is answered all the same.
    await writer.close();
    const [text, stderr] = await Promise.all(
      [process.stdout, process.stderr].map((stream) => new Response(stream).text()),
    );
    const { code } = await process.status;
    assertEquals(code, 0, stderr);
    assertEquals(stderr.match(/Not understood/g)?.length, 2, stderr);
    const answers = text.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(answers.map(({ jsonrpc }) => jsonrpc), ["2.0", "2.0", "2.0"]);
    const [first, unknown, list] = answers.toSorted((a, b) => a.id - b.id);
    assertEquals(first.result.serverInfo.name, "bandpass");
    assertEquals(unknown.error.code, -32601);
    assertEquals(list.result.structuredContent.user, 7);
    assertStringIncludes(stderr, "loud");
  }));

Deno.test("mcp ends with the reason where its run cannot be opened", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { command, args, cwd, env } = launched(`${folder}/none`);
    const { code, stdout, stderr } = await new Deno.Command(command, {
      ...{ args, cwd, env, stdin: "null" },
    }).output();
    assertEquals([code, stdout.length], [3, 0]);
    assertStringIncludes(new TextDecoder().decode(stderr), "there is no such folder");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
