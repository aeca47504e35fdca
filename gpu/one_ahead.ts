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
   * @param step Submits it.
   * @throws {InterruptedError} The signal is aborted; the step is not submitted.
   */
  async submit(step: () => void): Promise<void> {
    refuseAborted(this.#signal);
    step();
    const done = this.#queue.onSubmittedWorkDone();
    await this.#before;
    this.#before = done;
  }

  /** Waits for the last step. */
  async finish(): Promise<void> {
    await this.#before;
  }
}
