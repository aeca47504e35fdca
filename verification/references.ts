/**
 * The models that have a public reference implementation.
 *
 * @module
 */
import type { Reference } from "./reference.ts";
import { bprReference } from "./references/bpr.ts";
import { fitmmReference } from "./references/fitmm.ts";
import { freedomReference } from "./references/freedom.ts";
import { lightgcnReference } from "./references/lightgcn.ts";
import { smoreReference } from "./references/smore.ts";
import { ssrReference } from "./references/ssr.ts";
import { vbprReference } from "./references/vbpr.ts";

/** All references. */
export const references: readonly Reference[] = [
  bprReference,
  lightgcnReference,
  vbprReference,
  freedomReference,
  smoreReference,
  fitmmReference,
  ssrReference,
];
