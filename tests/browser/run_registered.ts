/**
 * Runs the tests that were registered, in a browser.
 *
 * @module
 */
import { shapes } from "../shaders/op_check.ts";
import { registered, type RegisteredTest } from "./test_registry.ts";

/** What came of a test. */
export interface TestOutcome {
  /** The test. */
  readonly name: string;
  /** What went wrong (default: nothing). */
  readonly failure?: string;
  /** Whether it was left out. */
  readonly isIgnored: boolean;
  /** How long it took. */
  readonly milliseconds: number;
}

/** How the harness outside starts the tests, and is told of each. */
interface Harness {
  /** Told of each outcome, as JSON. */
  report(outcome: string): Promise<void>;
  /** Runs all tests; in a hurry the first of each op, with one shape, and those of NaN. */
  runTests(isQuick: boolean): Promise<void>;
}

const harness = globalThis as unknown as Harness;

/** The first test of each op, and those of NaN, which browsers and Deno treat in different ways. */
function firstOfEachOp(tests: readonly RegisteredTest[]): RegisteredTest[] {
  const seen = new Set<string>();
  return tests.filter(({ name }) => {
    const [op] = name.split(/[ (]/);
    const isFirst = !seen.has(op);
    seen.add(op);
    return isFirst || name.includes("NaN");
  });
}

harness.runTests = async (isQuick) => {
  if (isQuick) shapes.most = 1;
  for (const { name, ignore = false, fn } of isQuick ? firstOfEachOp(registered) : registered) {
    shapes.checked = 0;
    const start = performance.now();
    let failure: string | undefined;
    try {
      if (!ignore) await fn();
    } catch (error) {
      failure = error instanceof Error ? error.stack ?? error.message : String(error);
    }
    const milliseconds = performance.now() - start;
    const outcome: TestOutcome = { name, failure, isIgnored: ignore, milliseconds };
    await harness.report(JSON.stringify(outcome));
  }
};
