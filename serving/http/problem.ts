/**
 * Refusals as HTTP has them: problem details (RFC 9457), which tell nothing of the inside.
 *
 * @module
 */
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type Refusal, ServiceError } from "../service_error.ts";

/** A problem, as a body. */
export const problemSchema = z.object({
  title: z.string(),
  status: z.int(),
  detail: z.string().optional().openapi({ description: "What is wrong" }),
  next: z.string().optional().openapi({ description: "What to do about it" }),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional().openapi({
    description: "Which parts of the request are wrong",
  }),
  request_id: z.string().openapi({ description: "As in the log" }),
}).openapi("Problem");

/** What is said of a problem. */
export type ProblemDetails = Partial<
  Pick<z.infer<typeof problemSchema>, "detail" | "next" | "errors">
>;

/** What each status is called. */
const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  421: "Misdirected Request",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

/** A status that a problem has. */
export type ProblemStatus = keyof typeof titles;

const statuses: Readonly<Record<Refusal, ProblemStatus>> = {
  unknown: 404,
  invalid: 400,
  overloaded: 429,
  late: 503,
  closed: 503,
  failed: 500,
};

/** Seconds after which it is worth asking again. */
const retryAfter = "1";

/**
 * Answers with a problem.
 *
 * @param c The request.
 * @param status Its status.
 * @param details What is said of it.
 */
export function problem(c: Context, status: ProblemStatus, details: ProblemDetails = {}): Response {
  if (status === 429 || status === 503) c.header("Retry-After", retryAfter);
  c.header("Content-Type", "application/problem+json");
  const body = { title: titles[status], status, ...details, request_id: c.get("requestId") };
  return c.body(JSON.stringify(body), status as ContentfulStatusCode);
}

/**
 * Answers with the problem that an error is.
 *
 * @param c The request.
 * @param error What was thrown.
 * @returns Nothing where it is a defect of Bandpass.
 */
export function problemOf(c: Context, error: unknown): Response | undefined {
  if (error instanceof ServiceError && error.kind !== "failed") {
    const { message: detail, nextStep: next } = error;
    return problem(c, statuses[error.kind], { detail, next });
  }
  if (!(error instanceof HTTPException) || !(error.status in titles)) return undefined;
  const detail = error.status === 415
    ? "The body is not declared as JSON: send Content-Type: application/json"
    : error.message;
  return problem(c, error.status as ProblemStatus, { detail });
}
