/**
 * Runs cases beside the thread that watches them: a reader that never ends stops this one alone.
 *
 * @module
 */
import { formats } from "./formats.ts";
import { fuzz, type FuzzOptions } from "./fuzz.ts";

/** What is run. */
export interface Job extends Omit<FuzzOptions, "onCase"> {
  /** The reader. */
  readonly reader: string;
  /** Where the number of the case goes that is run. */
  readonly position: Int32Array;
}

const scope = self as unknown as {
  onmessage: (event: MessageEvent<Job>) => void;
  postMessage(message: unknown): void;
};

scope.onmessage = async ({ data: { reader, position, ...options } }) => {
  const format = formats.find(({ name }) => name === reader)!;
  scope.postMessage(
    await fuzz(format, { ...options, onCase: (number) => Atomics.store(position, 0, number) }),
  );
};
