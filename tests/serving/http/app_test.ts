import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createApp } from "../../../serving/http/app.ts";
import type { LogEntry } from "../../../serving/http/request_log.ts";
import { ServiceMetrics } from "../../../serving/http/service_metrics.ts";
import type { RecommenderService } from "../../../serving/recommender_service.ts";
import { ServiceError } from "../../../serving/service_error.ts";
import { ServiceSwitch } from "../../../serving/service_switch.ts";
import { itemId, userId } from "../../recommender/shop.ts";
import { shopApp } from "./shop_app.ts";

const user = encodeURIComponent(userId(3));

Deno.test("the API answers by own ids, and refuses with problems what it cannot", async (t) => {
  const { ask, post, services, log } = shopApp();
  await t.step("before a run is there, it is healthy and not ready", async () => {
    assertEquals(await (await ask("/health")).json(), { status: "ok", version: "1.2.3" });
    for (const path of ["/ready", `/users/${user}/recommendations`]) {
      const refused = await ask(path);
      assertEquals([refused.status, refused.headers.get("retry-after")], [503, "1"]);
      await refused.body?.cancel();
    }
  });
  await services.reload();

  await t.step("lists", async () => {
    const { run, user: id, basis, items } =
      await (await ask(`/users/${user}/recommendations?top_k=4`)).json();
    assertEquals([run, id, basis, items.length], ["first", userId(3), "model", 4]);
    const body = { users: [userId(3)], histories: [[itemId(1)]], top_k: 4 };
    const { lists } = await (await post("/recommend", body)).json();
    assertEquals(lists[0], { user: id, basis, items });
    assertEquals([lists[1].user, lists[1].items.length], [undefined, 4]);
    const similar = await (await ask(`/items/${itemId(2)}/similar`)).json();
    assertEquals([similar.item, similar.items.length], [itemId(2), 20]);
    const why = await (await post("/explain", { user: userId(3), top_k: 2 })).json();
    assertEquals(why.explanations.length, 2);
    assert(why.explanations[0].sentences.length > 0);
    assertEquals((await (await ask("/ready")).json()).run, "first");
  });

  await t.step("refusals", async () => {
    const recommend = "/recommend";
    const headers = { "content-type": "application/json" };
    const sent = (path: string, body: BodyInit) => ask(path, { method: "POST", body, headers });
    const brokenOff = () =>
      new ReadableStream({ pull: (controller) => controller.error(new Error("it went away")) });
    const many = Array.from({ length: 300 }, (_, n) => `${n}`);
    const cases: [Promise<Response>, number, string][] = [
      [post(recommend, "{"), 400, "Malformed JSON"],
      [sent(recommend, '{"users": ["a"], "users": ["b"]}'), 400, "twice"],
      [post(recommend, {}), 400, "Expected a user or a history"],
      [post(recommend, { users: [userId(1)], colour: "red" }), 400, "colour"],
      [post(recommend, { users: userId(1) }), 400, "users"],
      [post(recommend, { users: [{}] }), 400, "users.0"],
      [post(recommend, { users: many }), 400, "256"],
      [post(recommend, { histories: many.map(() => many) }), 400, "256"],
      [post(recommend, { users: [userId(1)], top_k: "5" }), 400, "top_k"],
      [post(recommend, { users: [userId(1)], top_k: 1001 }), 400, "1000"],
      [post(recommend, { users: ["x".repeat(300)] }), 400, "256"],
      [post(recommend, { users: [userId(1), "nobody"] }), 404, "nobody"],
      [post(recommend, { users: [userId(1)] }, { "content-type": "text/plain" }), 415, "JSON"],
      [post(recommend, `{"users":["${"x".repeat(3e6)}"]}`), 413, "bytes"],
      [post(recommend, "[".repeat(100_000)), 400, "nested"],
      [post(recommend, { users: ['[[[[[[[[[[[[[[[[[[[["'] }), 404, "Unknown user"],
      [post(recommend, "{}", { "content-encoding": "gzip" }), 415, "compressed"],
      [sent(recommend, new Uint8Array([0x22, 0xff, 0x22])), 400, "UTF-8"],
      [sent(recommend, brokenOff()), 400, "broke off"],
      [post("/explain", { user: userId(1), history: [] }), 400, "either"],
      [ask(recommend), 405, "POST"],
      [ask("/ready", { method: "DELETE" }), 405, "GET"],
      [ask("/users/nobody/recommendations"), 404, "nobody"],
      [ask("/users/%zz/recommendations"), 404, "Unknown user"],
      [ask(`/users/${user}/recommendations?top_k=0`), 400, "top_k"],
      [ask(`/users/${user}/recommendations?top_k=1e3`), 400, "integer"],
      [ask(`/users/${user}/recommendations?topk=3`), 400, "topk"],
      [ask("/items/..%2f..%2fetc%2fpasswd/similar"), 404, "Unknown item"],
      [ask("/..%2f..%2fetc/passwd"), 404, "No such path"],
      [ask("/a/none.bin"), 404, "No such path"],
    ];
    for (const [asked, status, text] of cases) {
      const response = await asked;
      const problem = await response.text();
      assertEquals([response.status, problem.includes(text)], [status, true], problem);
      assertEquals(response.headers.get("content-type"), "application/problem+json");
      assertEquals(JSON.parse(problem).request_id, response.headers.get("x-request-id"));
      assert(!problem.includes("users.csv"), "it names a file of the server");
    }
  });

  await t.step("documents, the page, metrics and log", async () => {
    const document = await (await ask("/openapi.json")).json();
    assertEquals(document.openapi, "3.1.0");
    const paths = ["/recommend", "/users/{id}/recommendations", "/items/{id}/similar", "/explain"];
    assertEquals(Object.keys(document.paths), [...paths, "/health", "/ready", "/metrics"]);
    const docs = await ask("/docs");
    const html = await docs.text();
    for (const path of paths) assertStringIncludes(html, path);
    assert(!/<script|https?:\/\//.test(html), "it names another host, or has a script");
    assertMatch(
      docs.headers.get("content-security-policy")!,
      /^default-src 'none'; style-src 'sha256-/,
    );
    const page = await ask("/");
    assertEquals(await page.text(), `<title>${itemId(0)}</title>`);
    assertEquals(page.headers.get("content-type"), "text/html; charset=utf-8");
    assertStringIncludes(page.headers.get("content-security-policy")!, "script-src 'self'");
    assertEquals((await (await ask("/a/rows.bin")).bytes()).length, 3);
    const metrics = await (await ask("/metrics")).text();
    assertMatch(
      metrics,
      /requests_total\{route="\/users\/\{id\}\/recommendations",method="GET",status="200"\} 1\n/,
    );
    assertMatch(metrics, /bandpass_pass_questions_count [1-9]/);
    assert(![userId(3), "nobody", itemId(2)].some((id) => metrics.includes(id)), "it has an id");
    const given = await ask("/health", { headers: { "x-request-id": "abc-123" } });
    assertEquals(given.headers.get("x-request-id"), "abc-123");
    const { event, id, route, method, status } = log.at(-1)!;
    assertEquals([event, id, route, method, status], ["request", "abc-123", "/health", "GET", 200]);
    assert(!JSON.stringify(log).includes("nobody"), "the log has an id");
    assert(log.every((entry) => entry.event === "request"), "a request was a defect");
  });
  await services[Symbol.asyncDispose]();
});

Deno.test("the API has a token, and takes no request by a foreign name or from a foreign page", async () => {
  const token = "0123456789abcdef";
  const { ask } = shopApp({ token, hostNames: ["shop.example.com"] });
  const statusOf = async (path: string, headers: Record<string, string> = {}) => {
    const response = await ask(path, { headers });
    await response.body?.cancel();
    return response.status;
  };
  const bearer = { authorization: `Bearer ${token}` };
  assertEquals([await statusOf("/health"), await statusOf("/ready")], [200, 503]);
  for (
    const path of ["/metrics", "/docs", "/openapi.json", "/", "/users/x/recommendations", "/none"]
  ) {
    assertEquals(await statusOf(path), 401, path);
    assertEquals(await statusOf(path, { authorization: "Bearer 0123456789abcdeX" }), 401, path);
  }
  for (
    const authorization of ["Bearer", `Basic ${token}`, "Basic %%%", "Bearer " + "x".repeat(9999)]
  ) {
    assertEquals(await statusOf("/metrics", { authorization }), 401, authorization);
  }
  assertEquals(await statusOf("/metrics", bearer), 200);
  assertEquals(await statusOf("/metrics", { authorization: `Basic ${btoa(`me:${token}`)}` }), 200);
  for (const host of ["localhost", "127.0.0.1", "[::1]:8080", "10.1.2.3:80", "Shop.Example.com"]) {
    assertEquals(await statusOf("/metrics", { ...bearer, host }), 200, host);
    assertEquals(
      await statusOf("/metrics", { ...bearer, host, origin: `http://${host}` }),
      200,
      host,
    );
  }
  for (
    const host of [
      "evil.com",
      "localhost.evil.com",
      "127.0.0.1.evil.com",
      "a b",
      "",
      "user@127.0.0.1",
    ]
  ) {
    assertEquals(await statusOf("/health", { host }), 421, host);
  }
  for (const origin of ["http://evil.com", "null", "http://127.0.0.1:9999", "file://"]) {
    assertEquals(await statusOf("/health", { origin }), 403, origin);
  }
});

Deno.test("the API closes connections and is not ready while its server ends", async () => {
  const { ask, services } = shopApp({ isEnding: () => true });
  await services.reload();
  const health = await ask("/health");
  assertEquals([health.status, health.headers.get("connection")], [200, "close"]);
  assertEquals((await ask("/ready")).status, 503);
  await services[Symbol.asyncDispose]();
});

Deno.test("the API says when to ask again, and of defects no more than that there is one", async () => {
  for (
    const [error, status] of [
      [new ServiceError("overloaded", "Too many"), 429],
      [new ServiceError("late", "Too long"), 503],
      [new ServiceError("failed", "A path: /etc"), 500],
      [new TypeError("undefined is no function"), 500],
    ] as const
  ) {
    const service = { run: {}, similar: () => Promise.reject(error) };
    const services = new ServiceSwitch(() =>
      Promise.resolve(service as unknown as RecommenderService)
    );
    await services.reload();
    const log: LogEntry[] = [];
    const app = createApp({
      ...{ services, metrics: new ServiceMetrics(() => 0), version: "1", guard: { hostNames: [] } },
      log: (entry) => log.push(entry),
    });
    const headers = { host: "localhost" };
    const response = await app.request("http://localhost/items/1/similar", { headers });
    const text = await response.text();
    assertEquals(response.status, status);
    assertEquals(response.headers.get("retry-after"), status === 500 ? null : "1");
    assertEquals([text.includes(error.message), log[0].event === "error"], [
      status < 500 || status === 503,
      status === 500,
    ]);
  }
});
