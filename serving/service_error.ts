/**
 * What a recommender service refuses, and why.
 *
 * @module
 */
import { BandpassError } from "../errors.ts";

/**
 * Why: there is no such user or item; it cannot be asked so; too much is waiting; it took too long; the service is
 * ending; or it failed.
 */
export type Refusal = "unknown" | "invalid" | "overloaded" | "late" | "closed" | "failed";

/** A question that is not answered. */
export class ServiceError extends BandpassError {
  /** The name of the class. */
  override name = "ServiceError";

  /**
   * Makes the error.
   *
   * @param kind Why.
   * @param message What is refused.
   * @param nextStep What whoever asked can do.
   */
  constructor(readonly kind: Refusal, message: string, nextStep?: string) {
    super(message, nextStep);
  }
}
