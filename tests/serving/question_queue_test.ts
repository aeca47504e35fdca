import { assertEquals, assertRejects } from "@std/assert";
import { QuestionQueue } from "../../serving/question_queue.ts";
import { ServiceError } from "../../serving/service_error.ts";
import type { Outcome, Question } from "../../serving/worker_messages.ts";

const asking = (...users: string[]): Question => ({ kind: "recommend", question: { users } });
const answer = { lists: [] };

/** A queue whose questions are answered when the test says so. */
function slowQueue(limits = {}) {
  const batches: { questions: readonly Question[]; done: (outcomes?: Outcome[]) => void }[] = [];
  const queue = new QuestionQueue((questions) => {
    const { promise, resolve } = Promise.withResolvers<readonly Outcome[]>();
    const all = () => questions.map(() => ({ answer }));
    batches.push({ questions, done: (outcomes = all()) => resolve(outcomes) });
    return promise;
  }, limits);
  return { queue, batches };
}

const kindOf = async (asked: Promise<unknown>) =>
  (await assertRejects(() => asked, ServiceError)).kind;
const turn = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("QuestionQueue sends together what has come meanwhile, in order and up to a bound", async () => {
  const { queue, batches } = slowQueue({ mostTogether: 3 });
  const asked = ["a", "b", "c", "d", "e"].map((user) => queue.ask(asking(user)));
  asked.push(
    queue.ask(asking("f", "g", "h", "i", "j")),
    queue.ask({ kind: "file", question: { path: "x" } }),
  );
  for (let n = 0; n < 5; n++) {
    await turn();
    batches[n]?.done();
  }
  assertEquals(await Promise.all(asked), asked.map(() => answer));
  assertEquals(batches.map(({ questions }) => questions.length), [1, 3, 1, 1, 1]);
  await queue.close();
});

Deno.test("QuestionQueue tells each question what became of it", async () => {
  const { queue, batches } = slowQueue();
  queue.ask(asking("first"));
  const [refused, answered] = [queue.ask(asking("a")), queue.ask(asking("b"))];
  batches[0].done();
  await turn();
  const failure = { kind: "unknown", message: "Unknown user" } as const;
  batches[1].done([{ failure }, { answer }]);
  assertEquals(await kindOf(refused), "unknown");
  assertEquals(await answered, answer);
  await queue.close();
});

Deno.test("QuestionQueue refuses what would wait too long, but for one question that is large by itself", async () => {
  const { queue, batches } = slowQueue({ mostWaiting: 4 });
  const asked = [queue.ask(asking("first")), queue.ask(asking("1", "2", "3", "4", "5"))];
  assertEquals(queue.length, 5);
  assertEquals(await kindOf(queue.ask(asking("more"))), "overloaded");
  batches[0].done();
  await turn();
  assertEquals(queue.length, 0);
  asked.push(queue.ask(asking("more")));
  batches[1].done();
  await turn();
  batches[2].done();
  await Promise.all(asked);
  await queue.close();
});

Deno.test("QuestionQueue gives up what takes too long or is aborted, and does not send it any more", async () => {
  const { queue, batches } = slowQueue({ patience: 1 });
  const aborting = new AbortController();
  const first = queue.ask(asking("first"));
  const aborted = queue.ask(asking("aborted"), aborting.signal);
  aborting.abort();
  assertEquals(await kindOf(aborted), "late");
  // The queue's own timer keeps no program running.
  const later = new Promise((resolve) => setTimeout(resolve, 600));
  assertEquals((await Promise.all([kindOf(first), later]))[0], "late");
  batches[0].done();
  await turn();
  assertEquals(batches.length, 1);
  await queue.close();
});

Deno.test("QuestionQueue answers what it has when it is closed, and takes nothing more", async () => {
  const { queue, batches } = slowQueue();
  const asked = [queue.ask(asking("a")), queue.ask(asking("b"))];
  let isClosed = false;
  const closing = queue.close().then(() => isClosed = true);
  assertEquals(await kindOf(queue.ask(asking("late"))), "closed");
  batches[0].done();
  await turn();
  assertEquals(isClosed, false);
  batches[1].done();
  await closing;
  assertEquals(await Promise.all(asked), [answer, answer]);
});

Deno.test("QuestionQueue refuses everything where its service has failed", async () => {
  const { queue } = slowQueue();
  const asked = [queue.ask(asking("a")), queue.ask(asking("b"))];
  queue.fail(new ServiceError("failed", "It has failed"));
  for (const one of [...asked, queue.ask(asking("c"))]) assertEquals(await kindOf(one), "failed");
  await queue.close();
});
