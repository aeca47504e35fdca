/**
 * The body of a request, read before anything is made of it: no larger than it may be, in time, and as UTF-8.
 *
 * @module
 */
import type { Context, MiddlewareHandler } from "hono";
import { excerpt } from "../../data/excerpt.ts";
import { repeatedKey } from "../../data/repeated_key.ts";
import { limits } from "../limits.ts";
import { isNestedDeeper } from "./nesting.ts";
import { problem, type ProblemStatus } from "./problem.ts";

/** Reads the body, which a slow client could spread over hours, and one that goes away leaves in the middle. */
export const boundedBody: MiddlewareHandler = async (c, next) => {
  const { body } = c.req.raw;
  if (body === null) return await next();
  if (!/^(identity)?$/i.test(c.req.header("content-encoding") ?? "")) {
    return await refused(c, body, 415, "The body is compressed: send it as it is");
  }
  const tooLarge = `The body has more than ${limits.bodyBytes} bytes`;
  if (Number(c.req.header("content-length")) > limits.bodyBytes) {
    return await refused(c, body, 413, tooLarge);
  }
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, limits.bodyTime, "late");
  });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), late]);
      if (read === "late") return await refused(c, reader, 408, "The body did not arrive in time");
      if (read.done) break;
      chunks.push(read.value);
      size += read.value.length;
      if (size > limits.bodyBytes) return await refused(c, reader, 413, tooLarge);
    }
  } catch {
    return await refused(c, reader, 400, "The body broke off");
  } finally {
    clearTimeout(timer);
  }
  const text = textOf(chunks);
  if (text === undefined) return problem(c, 400, { detail: "The body is not UTF-8" });
  if (isNestedDeeper(text, limits.nesting)) {
    return problem(c, 400, { detail: `The body is nested deeper than ${limits.nesting} times` });
  }
  const repeated = repeatedKeyOf(text);
  if (repeated !== undefined) {
    return problem(c, 400, { detail: `The body has "${excerpt(repeated)}" twice` });
  }
  // Where Hono looks for a body that was read before; its type says what the promise becomes.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
  await next();
};

/** A key that JSON would hold twice, of which the last would count; what is no JSON is refused where it is read. */
function repeatedKeyOf(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return repeatedKey(text);
}

function textOf(chunks: readonly Uint8Array<ArrayBuffer>[]): string | undefined {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") +
      decoder.decode();
  } catch {
    return undefined;
  }
}

/** Refuses a body, of which nothing more is read: what else comes of it would be taken for a request. */
async function refused(
  c: Context,
  body: { cancel(): Promise<void> },
  status: ProblemStatus,
  detail: string,
): Promise<Response> {
  await body.cancel().catch(() => {/* it has broken off */});
  c.header("Connection", "close");
  return problem(c, status, { detail });
}
