import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { BandpassError } from "../../../errors.ts";
import { HttpServer } from "../../../serving/http/http_server.ts";
import { itemId } from "../../recommender/shop.ts";
import { shopApp } from "./shop_app.ts";

const address = { host: "127.0.0.1", port: 0 };

Deno.test("HttpServer answers all that it has accepted before it ends, and accepts nothing then", async () => {
  const slow = Promise.withResolvers<void>();
  let accepted = 0;
  const server = new HttpServer(address, async () => {
    accepted++;
    await slow.promise;
    return new Response("answered");
  });
  const url = `http://127.0.0.1:${server.port}`;
  const asked = Array.from({ length: 20 }, () => fetch(url).then((response) => response.text()));
  while (accepted < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  const ending = server.end();
  assertEquals(server.isEnding, true);
  setTimeout(slow.resolve, 500);
  assertEquals(await Promise.all(asked), asked.map(() => "answered"));
  assertEquals(await ending, true);
  await assertRejects(() => fetch(url));
});

Deno.test("HttpServer says what is wrong with an address", () => {
  const refused = (host: string, port: number) =>
    assertThrows(() => new HttpServer({ host, port }, () => new Response()), BandpassError).message;
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  assertStringIncludes(refused("127.0.0.1", taken.addr.port), "something else listens there");
  taken.close();
  assertStringIncludes(refused("192.0.2.1", 0), "Cannot listen at 192.0.2.1, port 0");
  assertStringIncludes(refused("nowhere.invalid", 0), "Cannot listen at nowhere.invalid");
});

Deno.test({
  name: "HttpServer outlives more connections than it may have",
  ignore: Deno.build.os === "windows",
  async fn() {
    const module = new URL("./full_server.ts", import.meta.url).href;
    const args = ["run", "--no-prompt", "--no-check", "--allow-net=127.0.0.1", module];
    const process = new Deno.Command("sh", {
      args: ["-c", 'ulimit -n 64 && exec "$@"', "sh", Deno.execPath(), ...args],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const output = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const port = Number((await output.read()).value);
    const open: Deno.Conn[] = [];
    const trouble = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
    const connect = async () => {
      while (open.length < 100) open.push(await Deno.connect({ hostname: "127.0.0.1", port }));
    };
    await connect().catch(() => {/* it accepts no more */});
    assertStringIncludes((await trouble.read()).value!, "Too many open files");
    for (const connection of open) connection.close();
    const answers = async () => {
      try {
        return await (await fetch(`http://127.0.0.1:${port}`)).text();
      } catch {
        return undefined;
      }
    };
    let answer = await answers();
    for (let n = 0; n < 40 && answer === undefined; n++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      answer = await answers();
    }
    assertEquals(answer, "answered");
    process.kill();
    await Promise.all([process.status, output.cancel(), trouble.cancel()]);
  },
});

Deno.test("an API on a port answers a client, and survives one that sends nonsense", async () => {
  const app = shopApp();
  await app.services.reload();
  const server = new HttpServer(address, (request) => {
    const { pathname, search } = new URL(request.url);
    return app.ask(pathname + search, request);
  });
  for (
    const nonsense of [
      "\0\0\0\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "POST /recommend HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    ]
  ) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    await connection.write(new TextEncoder().encode(nonsense));
    const answer = new TextDecoder().decode((await Array.fromAsync(connection.readable))[0]);
    assertStringIncludes(answer, "400 Bad Request");
  }
  const similar = await fetch(`http://127.0.0.1:${server.port}/items/${itemId(1)}/similar?top_k=3`);
  assertEquals((await similar.json()).items.length, 3);
  assertEquals(await server.end(), true);
  await app.services[Symbol.asyncDispose]();
});
