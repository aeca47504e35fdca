/**
 * Work for the device, waited for step by step.
 *
 * @module
 */
import { refuseAborted } from "../errors.ts";

/**
 * Submits steps, and waits for each while the device has the next one: signals are heard in between, and the device
 * is never idle.
 */
export class OneAhead {
  readonly #queue: GPUQueue;
  readonly #signal: AbortSignal | undefined;
  #before: Promise<unknown> = Promise.resolve();

  /**
   * Submits nothing yet.
   *
   * @param device The device.
   * @param signal Ends it between two steps.
   */
  constructor({ queue }: GPUDevice, signal?: AbortSignal) {
    this.#queue = queue;
    this.#signal = signal;
  }

  /**
   * Submits a step, and waits for the one before it.
   *
   * @param step Submits it; what it returns is waited for (default: all that has been submitted).
   * @throws {InterruptedError} The signal is aborted; the step is not submitted.
   */
  async submit(step: () => Promise<unknown> | void): Promise<void> {
    refuseAborted(this.#signal);
    const done = step() ?? this.#queue.onSubmittedWorkDone();
    // Whoever waits for the step before hears of that one's failure, and of no later one's.
    done.catch(() => {});
    await this.#before;
    this.#before = done;
  }

  /** Waits for the last step. */
  async finish(): Promise<void> {
    await this.#before;
  }
}
