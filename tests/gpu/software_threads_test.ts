import { assertEquals } from "@std/assert";
import { shareCores } from "../../gpu/software_threads.ts";

const variable = "LP_NUM_THREADS";

/** What the driver is told on a machine, where the user has said `before`. */
function told(cores: number, before?: string): string | undefined {
  const kept = Deno.env.get(variable);
  try {
    if (before === undefined) Deno.env.delete(variable);
    else Deno.env.set(variable, before);
    shareCores(cores);
    return Deno.env.get(variable);
  } finally {
    if (kept === undefined) Deno.env.delete(variable);
    else Deno.env.set(variable, kept);
  }
}

Deno.test("lavapipe has two threads a core, at most 16, or as many as the user says", () => {
  assertEquals([1, 2, 8, 64].map((cores) => told(cores)), ["2", "4", "16", "16"]);
  assertEquals([told(2, "1"), told(2, "")], ["1", ""]);
});

Deno.test({
  name: "lavapipe is left alone where its variable may not be read",
  permissions: { env: false },
  fn: () => shareCores(2),
});
