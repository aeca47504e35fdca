/**
 * The paths of the API, each with what OpenAPI says of it.
 *
 * @module
 */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import type { RecommendQuestion } from "../questions.ts";
import { ServiceError } from "../service_error.ts";
import type { ServiceSwitch } from "../service_switch.ts";
import { problemSchema } from "./problem.ts";
import {
  explainAnswer,
  explainBody,
  healthAnswer,
  idParam,
  listQuery,
  readyAnswer,
  recommendAnswer,
  recommendBody,
  similarAnswer,
  userAnswer,
} from "./schemas.ts";
import type { ServiceMetrics } from "./service_metrics.ts";

/** What the paths ask. */
export interface RouteOptions {
  /** The service. */
  readonly services: ServiceSwitch;
  /** What `/metrics` gives. */
  readonly metrics: ServiceMetrics;
  /** The version of Bandpass. */
  readonly version: string;
  /** Whether the server is ending. */
  readonly isEnding: () => boolean;
}

const problemContent = { "application/problem+json": { schema: problemSchema } };

/** Refusals of paths that ask the model. */
const refusals = {
  400: { description: "The request is not as the API has it", content: problemContent },
  404: { description: "The dataset has no such user or item", content: problemContent },
  429: { description: "Too many questions are waiting; see Retry-After", content: problemContent },
  503: { description: "It took too long, or no run is loaded", content: problemContent },
};

function json<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { "application/json": { schema } } };
}

function body<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { "application/json": { schema } } } };
}

const recommend = createRoute({
  method: "post",
  path: "/recommend",
  summary: "The best items of users, and of people who are not in the dataset",
  request: body(recommendBody),
  responses: { 200: json("Lists of users, then of histories", recommendAnswer), ...refusals },
});

const ofUser = createRoute({
  method: "get",
  path: "/users/{id}/recommendations",
  summary: "The best items of a user that they do not have",
  request: { params: idParam, query: listQuery },
  responses: { 200: json("The list", userAnswer), ...refusals },
});

const similar = createRoute({
  method: "get",
  path: "/items/{id}/similar",
  summary: "The items most similar to an item",
  request: { params: idParam, query: listQuery },
  responses: { 200: json("The items", similarAnswer), ...refusals },
});

const explain = createRoute({
  method: "post",
  path: "/explain",
  summary: "Why scores are what they are: by modality, band and view, and by the user's own items",
  request: body(explainBody),
  responses: { 200: json("An explanation for each item", explainAnswer), ...refusals },
});

const health = createRoute({
  method: "get",
  path: "/health",
  summary: "Whether the process runs; needs no token",
  responses: { 200: json("It runs", healthAnswer) },
});

const ready = createRoute({
  method: "get",
  path: "/ready",
  summary: "Whether a run can answer, and which; needs no token",
  responses: { 200: json("The run", readyAnswer), 503: refusals[503] },
});

const measured = createRoute({
  method: "get",
  path: "/metrics",
  summary: "Counters for Prometheus",
  responses: {
    200: { description: "In its text format", content: { "text/plain": { schema: z.string() } } },
  },
});

/**
 * Adds the paths.
 *
 * @param app Where to.
 * @param options What they ask.
 */
export function addRoutes(app: OpenAPIHono, options: RouteOptions): void {
  const { services, metrics, version, isEnding } = options;
  const lists = async (question: RecommendQuestion) => {
    const service = services.require();
    const { lists } = await service.recommend(question);
    return { run: service.run.run, lists };
  };
  app.openapi(recommend, async (c) => {
    const { top_k: topK, exclude_seen: excludeSeen, ...question } = c.req.valid("json");
    return c.json(await lists({ ...question, topK, excludeSeen }), 200);
  });
  app.openapi(ofUser, async (c) => {
    const { top_k: topK } = c.req.valid("query");
    const { run, lists: [list] } = await lists({ users: [c.req.valid("param").id], topK });
    return c.json({ run, ...list }, 200);
  });
  app.openapi(similar, async (c) => {
    const { top_k: topK } = c.req.valid("query");
    const service = services.require();
    const answer = await service.similar({ item: c.req.valid("param").id, topK });
    return c.json({ run: service.run.run, ...answer }, 200);
  });
  app.openapi(explain, async (c) => {
    const { top_k: topK, ...question } = c.req.valid("json");
    const service = services.require();
    return c.json({ run: service.run.run, ...await service.explain({ ...question, topK }) }, 200);
  });
  app.openapi(health, (c) => c.json({ status: "ok" as const, version }, 200));
  app.openapi(ready, (c) => {
    if (isEnding()) throw new ServiceError("closed", "The server is ending");
    const { hasPage: _, ...run } = services.require().run;
    return c.json({ status: "ready" as const, ...run }, 200);
  });
  app.openapi(measured, async (c) => {
    const text = await metrics.text();
    return c.text(text, 200, { "Content-Type": metrics.contentType });
  });
}
