/**
 * Requests that nobody should send: what a server answers to each, which must be no failure of its own.
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";

const json = { "content-type": "application/json" };
const post = (path: string, body: BodyInit, headers: HeadersInit = json) =>
  new Request(path, { method: "POST", body, headers });

/** What is wrong with each, made with a random number from 0 to 1. */
const kinds: Readonly<Record<string, (url: string, draw: number) => Request>> = {
  "malformed JSON": (url, draw) =>
    post(`${url}/recommend`, '{"users":["1"],"top_k":20}'.slice(0, Math.floor(25 * draw))),
  "nested JSON": (url, draw) => post(`${url}/recommend`, "[".repeat(1 + Math.floor(1e5 * draw))),
  "huge body": (url) => post(`${url}/recommend`, `{"users":["${"x".repeat(3e6)}"]}`),
  "huge body without a length": (url) =>
    post(
      `${url}/recommend`,
      ReadableStream.from(
        (function* () {
          for (let n = 0; n < 300; n++) yield new Uint8Array(10_000).fill(32);
        })(),
      ),
    ),
  "wrong types": (url, draw) => {
    const wrong = [null, true, -1, 1e99, {}, [[]], "1", [null], [{}], [1.5]];
    const key = ["users", "histories", "top_k", "allowed", "exclude_seen", "unknown", "__proto__"];
    const value = JSON.stringify(wrong[Math.floor(draw * wrong.length)]);
    return post(`${url}/recommend`, `{"${key[Math.floor(draw * 97) % 7]}":${value}}`);
  },
  "bytes": (url, draw) => post(`${url}/explain`, new Uint8Array(99).fill(256 * draw)),
  "too many users": (url) =>
    post(`${url}/recommend`, JSON.stringify({ users: Array(9999).fill(1) })),
  "unknown ids": (url, draw) => new Request(`${url}/users/nobody-${draw}/recommendations`),
  "long ids": (url) => new Request(`${url}/items/${"x".repeat(5000)}/similar`),
  "odd ids": (url, draw) =>
    new Request(
      `${url}/users/${
        ["%00", "%zz", "%F0%9F", "..%2f..", "a%0d%0ab"][Math.floor(5 * draw)]
      }/recommendations`,
    ),
  "path tricks": (url, draw) =>
    new Request(
      url +
        [
          "/..%2f..%2fetc/passwd",
          "//etc/passwd",
          "/%2e%2e/%2e%2e/deno.json",
          "/.git/config",
          "/docs/../../errors.ts",
        ][Math.floor(5 * draw)],
    ),
  "odd numbers": (url, draw) =>
    new Request(
      `${url}/users/1/recommendations?top_k=${
        ["0", "-1", "1e9", "NaN", "", "0x10", "1&top_k=2"][Math.floor(7 * draw)]
      }`,
    ),
  "wrong methods": (url, draw) =>
    new Request(`${url}/recommend`, {
      method: ["GET", "PUT", "DELETE", "OPTIONS"][Math.floor(4 * draw)],
    }),
  "another origin": (url) =>
    new Request(`${url}/ready`, { headers: { origin: "http://evil.example" } }),
  "another type": (url) => post(`${url}/recommend`, "users=1", { "content-type": "text/plain" }),
};

/** What a client writes on a connection, and then waits. */
const raw = [
  "\0\x01\x02\r\n\r\n",
  "GET / HTTP/9.9\r\n\r\n",
  "GET /health HTTP/1.1\r\n\r\n",
  "GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n",
  "POST /recommend HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
  "POST /recommend HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  `GET /${"x".repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: localhost\r\n${"X-A: b\r\n".repeat(2000)}\r\n`,
];

/** Bodies that never end: the server has to give them up. */
const slow = "POST /recommend HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
  'Content-Length: 100\r\n\r\n{"users"';

/** A client that sends part of a head, and nothing more. */
const stuck = "GET /health HTTP/1.1\r\nHost: local";

/**
 * Sends many of them.
 *
 * @param url The server.
 * @param count How many.
 * @returns How many got which status, by what was wrong with them; 0 where the connection was closed.
 */
export async function sendHostile(url: string, count: number): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const add = (kind: string, status: number) =>
    found.set(`${kind}: ${status}`, (found.get(`${kind}: ${status}`) ?? 0) + 1);
  const names = Object.keys(kinds);
  const next = uniforms(7);
  const slowly = [
    ...Array.from(
      { length: 20 },
      () => written(url, slow).then((status) => add("slow body", status)),
    ),
    ...Array.from({ length: 20 }, () => written(url, stuck, 3000).then(() => add("stuck head", 0))),
  ];
  for (let n = 40; n < count; n++) {
    const place = n % (names.length + 1);
    if (place === names.length) {
      add("raw bytes", await written(url, raw[n % raw.length]));
      continue;
    }
    const status = await fetch(kinds[names[place]](url, next())).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    add(names[place], status);
  }
  await Promise.all(slowly);
  return found;
}

/** The status that is answered to what is written on a connection; 0 where it is closed, or nothing comes. */
async function written(url: string, text: string, patience = 20_000): Promise<number> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  try {
    await connection.write(new TextEncoder().encode(text));
    const bytes = new Uint8Array(1024);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => timer = setTimeout(resolve, patience, null));
    const count = await Promise.race([connection.read(bytes), late]);
    clearTimeout(timer);
    const answer = new TextDecoder().decode(bytes.subarray(0, count ?? 0));
    return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
