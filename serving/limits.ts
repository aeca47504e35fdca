/**
 * What one request may ask for: bounds that keep it from holding up all others.
 *
 * @module
 */
import { greatestK } from "../shaders/top_k/top_k.ts";

/** The bounds of a request. */
export const limits = {
  /** Bytes of a body. */
  bodyBytes: 2 ** 21,
  /** Lists and objects in one another, of which no request needs as many. */
  nesting: 16,
  /** Milliseconds in which a body has to arrive. */
  bodyTime: 10_000,
  /** Characters of an id. */
  idLength: 256,
  /** Users, and histories, of one request. */
  batch: 256,
  /** Items of a history. */
  history: 1000,
  /** Items of all histories of one request. */
  histories: 20_000,
  /** Items that are allowed, or excluded. */
  items: 50_000,
  /** Items of a list. */
  list: greatestK,
  /** Scores that are explained at once. */
  explained: 50,
} as const;
