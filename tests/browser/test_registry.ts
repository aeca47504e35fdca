/**
 * Takes the place of Deno in a browser: what tests register is kept, and run when the harness says so.
 *
 * @module
 */

/** A test. */
export interface RegisteredTest {
  /** What it says. */
  readonly name: string;
  /** Whether it is left out. */
  readonly ignore?: boolean;
  /** The test. */
  readonly fn: () => unknown;
}

/** All tests that have been registered, in their order. */
export const registered: RegisteredTest[] = [];

type TestBody = () => unknown;

/** The forms of `Deno.test()` that our tests use. */
function test(
  first: string | RegisteredTest,
  second?: TestBody | Omit<RegisteredTest, "name" | "fn">,
  third?: TestBody,
): void {
  if (typeof first !== "string") registered.push(first);
  else if (typeof second === "function") registered.push({ name: first, fn: second });
  else registered.push({ name: first, ...second, fn: third! });
}

/** The page is closed after the tests, and its device with it. */
const afterAll = () => {};

/** There is no environment. */
const env = { get: () => undefined };

Object.assign(globalThis, {
  Deno: { test: Object.assign(test, { afterAll }), env, inspect: String },
});
