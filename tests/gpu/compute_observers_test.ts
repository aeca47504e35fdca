import { assert, assertEquals } from "@std/assert";
import { type ComputeProgress, progressOf } from "../../gpu/compute_observers.ts";

Deno.test("progressOf() tells shares once there is something to foretell by", () => {
  const told: ComputeProgress[] = [];
  const tell = progressOf("Ranking 10 users", 10, (progress) => void told.push(progress))!;
  for (const done of [0, 2, 4, 8, 10]) tell(done);
  assertEquals(told.map(({ what, share }) => [what, share]), [
    ["Ranking 10 users", 0.4],
    ["Ranking 10 users", 0.8],
    ["Ranking 10 users", 1],
  ]);
  assert(told.every(({ secondsLeft }) => secondsLeft! >= 0));
  assertEquals(told[2].secondsLeft, 0);
});

Deno.test("progressOf() tells nothing of what is done at once, and nobody where nobody asks", () => {
  const told: ComputeProgress[] = [];
  const tell = progressOf("Ranking 10 users", 10, (progress) => void told.push(progress))!;
  tell(0);
  tell(10);
  assertEquals(told, []);
  assertEquals(progressOf("Ranking", 10, undefined), undefined);
});
