import { assert, assertEquals, assertRejects } from "@std/assert";
import { BandpassError } from "../../errors.ts";
import type { Pass } from "../../serving/recommender_service.ts";
import { ServiceError } from "../../serving/service_error.ts";
import { userId } from "../recommender/shop.ts";
import { openShop } from "./shop_service.ts";

Deno.test("a service answers many questions in few passes, and all of them before it ends", async () => {
  const notes: string[] = [];
  const passes: Pass[] = [];
  const service = await openShop({}, {
    onNote: (text) => notes.push(text),
    onPass: (pass) => passes.push(pass),
  });
  const { run, model, users, items, hasPage } = service.run;
  assertEquals([run, model, users, items, hasPage], ["first", "bpr", 40, 60, true]);
  assertEquals(notes[0], "Opening first");
  const asked = Array.from(
    { length: 200 },
    (_, n) => service.recommend({ users: [userId(n % 40)], topK: 3 }),
  );
  const refused = assertRejects(
    () => service.similar({ item: "B999" }),
    ServiceError,
    "Unknown item",
  );
  const ending = service[Symbol.asyncDispose]();
  const answers = await Promise.all(asked);
  await Promise.all([refused, ending]);
  answers.forEach(({ lists: [{ user, items }] }, n) => {
    assertEquals([user, items.length], [userId(n % 40), 3]);
  });
  assertEquals(passes.map(({ questions }) => questions), [1, 200]);
  await assertRejects(() => service.recommend({ users: [userId(1)] }), ServiceError, "ending");
});

Deno.test("a service that cannot be opened says why, in the words of whoever opened it", async () => {
  const error = await assertRejects(() => openShop({ failing: "open" }), BandpassError);
  assertEquals([error.message, error.nextStep, error.exitCode], [
    "Cannot open it; see --run",
    "Mend it",
    3,
  ]);
  const aborted = AbortSignal.abort();
  await assertRejects(() => openShop({}, { signal: aborted }), ServiceError, "ended before");
});

Deno.test("a service whose device fails refuses what it was asked, and tells its owner", async () => {
  const failed = Promise.withResolvers<Error>();
  await using service = await openShop({ failing: "file" }, { onFailure: failed.resolve });
  assertEquals(await service.file("a/none").catch(({ kind }) => kind), "unknown");
  const asked = [service.file("a/rows.bin"), service.recommend({ users: [userId(1)] })];
  for (const { status, reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[]) {
    assertEquals([status, reason.kind], ["rejected", "failed"]);
  }
  const error = await failed.promise;
  assert(error instanceof BandpassError && error.exitCode === 4, error.message);
});
