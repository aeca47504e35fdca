/**
 * Work for the device, waited for step by step.
 *
 * @module
 */
import { refuseAborted } from "../errors.ts";
import { waitForDevice } from "./staging.ts";

/**
 * Submits steps, and waits for each while the device has the next one: signals are heard in between, and the device
 * is never idle.
 */
export class OneAhead<Found = void> {
  readonly #device: GPUDevice;
  readonly #signal: AbortSignal | undefined;
  #before: Promise<Found | undefined> = Promise.resolve(undefined);

  /**
   * Submits nothing yet.
   *
   * @param device The device.
   * @param signal Ends it between two steps.
   */
  constructor(device: GPUDevice, signal?: AbortSignal) {
    this.#device = device;
    this.#signal = signal;
  }

  /**
   * Submits a step, and waits for the one before it.
   *
   * @param step Submits it, and may read what it gives.
   * @returns What the step before has given.
   * @throws {InterruptedError} The signal is aborted; the step is not submitted.
   */
  async submit(step: () => Promise<Found> | void): Promise<Found | undefined> {
    refuseAborted(this.#signal);
    const done: Promise<Found | undefined> = step() ??
      waitForDevice(this.#device).then(() => undefined);
    // Whoever waits for the step before hears of that one's failure, and of no later one's.
    done.catch(() => {});
    const before = await this.#before;
    this.#before = done;
    return before;
  }

  /**
   * Waits for the last step.
   *
   * @returns What it has given.
   */
  async finish(): Promise<Found | undefined> {
    return await this.#before;
  }
}
