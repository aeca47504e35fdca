/**
 * What is written down of each request: how it went, and never whom it was about.
 *
 * @module
 */
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { ServiceMetrics } from "./service_metrics.ts";

/** A line of the log. */
export type LogEntry = Readonly<Record<string, unknown>> & { readonly event: string };

/**
 * Logs and counts requests.
 *
 * @param metrics Where they are counted.
 * @param log Where they are logged.
 */
export function requestLog(
  metrics: ServiceMetrics,
  log: (entry: LogEntry) => void,
): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now();
    await next();
    const seconds = (performance.now() - started) / 1000;
    const { method } = c.req;
    const request = {
      route: routeOf(c),
      method: knownMethod(method),
      status: c.res.status,
      seconds,
    };
    metrics.countRequest(request);
    const rounded = Number(seconds.toPrecision(3));
    log({ event: "request", id: c.get("requestId"), ...request, seconds: rounded });
  };
}

/** The route as OpenAPI writes it; what no route takes is a file of the page, or nothing. */
function routeOf(c: Context): string {
  const route = matchedRoutes(c).find(({ path }) => !path.includes("*"));
  return route?.path.replaceAll(/:(\w+)/g, "{$1}") ?? "/*";
}

/** Clients may send any word, and each would be a counter of its own. */
function knownMethod(method: string): string {
  return ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].includes(method)
    ? method
    : "other";
}
