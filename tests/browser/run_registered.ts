/**
 * Runs the tests that were registered, in a browser.
 *
 * @module
 */
import { shapes } from "../shaders/op_check.ts";
import { registered } from "./test_registry.ts";

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
  /** Runs all tests; in a hurry with one shape of an op in each, and without the largest. */
  runTests(isQuick: boolean): Promise<void>;
}

const harness = globalThis as unknown as Harness;

/** Tests with so many rows or groups take minutes on the CPU. */
const large = /65,535/;

harness.runTests = async (isQuick) => {
  if (isQuick) shapes.most = 1;
  const run = registered.filter(({ name }) => !isQuick || !large.test(name));
  for (const { name, ignore = false, fn } of run) {
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
