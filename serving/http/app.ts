/**
 * The HTTP interface of a recommender service.
 *
 * @module
 */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { requestId } from "hono/request-id";
import type { ServiceSwitch } from "../service_switch.ts";
import { apiPage } from "./api_page.ts";
import { boundedBody } from "./bounded_body.ts";
import { type GuardOptions, hostGuard, tokenGuard } from "./guard.ts";
import { pageFile } from "./page_files.ts";
import { problem, problemOf } from "./problem.ts";
import { type LogEntry, requestLog } from "./request_log.ts";
import { addRoutes } from "./routes.ts";
import type { ServiceMetrics } from "./service_metrics.ts";

/** What an interface is made of. */
export interface AppOptions {
  /** The service. */
  readonly services: ServiceSwitch;
  /** Who may ask. */
  readonly guard: GuardOptions;
  /** Where requests are counted. */
  readonly metrics: ServiceMetrics;
  /** The version of Bandpass. */
  readonly version: string;
  /** Where requests and defects are logged. */
  readonly log: (entry: LogEntry) => void;
  /** Whether the server is ending, and connections are not to be used again (default: never). */
  readonly isEnding?: () => boolean;
}

/**
 * Makes the interface; `app.fetch` answers requests.
 *
 * @param options What it is made of.
 */
export function createApp(options: AppOptions): OpenAPIHono {
  const { services, guard, metrics, version, log, isEnding = () => false } = options;
  const app = new OpenAPIHono({
    defaultHook(result, c) {
      if (result.success) return;
      const errors = result.error.issues.map(({ path, message }) => ({
        path: path.join("."),
        message,
      }));
      return problem(c, 400, { detail: "The request is not as the API has it", errors });
    },
  });
  app.use(requestId());
  app.use(requestLog(metrics, log));
  app.use(answerHeaders(isEnding));
  app.use(hostGuard(guard));
  app.use(tokenGuard(guard));
  app.use(boundedBody);
  addRoutes(app, { services, metrics, version, isEnding });
  const info = { title: "Bandpass", version, description: "Recommendations of a run" };
  let known: object | undefined;
  // It takes long to make, and is always the same.
  const document = () => known ??= app.getOpenAPI31Document({ openapi: "3.1.0", info });
  app.get("/openapi.json", (c) => c.json(document()));
  app.get("/docs", (c) => apiPage(c, document()));
  for (const path of new Set(app.routes.map(({ path }) => path))) {
    if (path.includes("*")) continue;
    const methods = app.routes.filter((route) => route.path === path).map(({ method }) => method);
    const allowed = [...new Set(methods)].filter((method) => method !== "ALL").join(", ");
    app.all(path, (c) => {
      c.header("Allow", allowed);
      return problem(c, 405, { detail: `This path takes ${allowed}` });
    });
  }
  app.get("*", (c) => pageFile(c, services));
  app.notFound((c) => problem(c, 404, { detail: "No such path" }));
  app.onError((error, c) => {
    const known = problemOf(c, error);
    if (known !== undefined) return known;
    log({ event: "error", id: c.get("requestId"), message: error.stack ?? error.message });
    return problem(c, 500, { detail: "This is a bug in Bandpass; its log has more" });
  });
  return app;
}

/** What all answers say: browsers are to guess no types, keep nothing, and tell nobody where they were. */
function answerHeaders(isEnding: () => boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cache-Control", "no-store");
    if (isEnding()) c.header("Connection", "close");
  };
}
