/**
 * The files of the page that shows a run, which the service makes when they are asked for.
 *
 * @module
 */
import type { Context } from "hono";
import { contentAddress } from "../../page/page_index.ts";
import type { ServiceSwitch } from "../service_switch.ts";
import { problem } from "./problem.ts";

/** Scripts, styles and pictures come from this server alone; nothing else may be loaded, framed or sent. */
export const pagePolicy = [
  "default-src 'none'",
  ...["script", "style", "img", "connect"].map((what) => `${what}-src 'self'`),
  ...["base-uri", "form-action", "frame-ancestors"].map((what) => `${what} 'none'`),
].join("; ");

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
};

/** Of what has another ending, such as rows of numbers. */
const bytesType = "application/octet-stream";

/**
 * Answers with a file of the page; where the run has no page, its root leads to the API's.
 *
 * @param c The request.
 * @param services The service.
 */
export async function pageFile(c: Context, services: ServiceSwitch): Promise<Response> {
  const service = services.require();
  if (!service.run.hasPage) {
    return c.req.path === "/" ? c.redirect("/docs") : problem(c, 404, { detail: "No such path" });
  }
  const path = c.req.path === "/" ? "index.html" : c.req.path.slice(1);
  const bytes = await service.file(contentAddress(path, c.req.query("made")));
  c.header("Content-Security-Policy", pagePolicy);
  c.header("Content-Type", types[path.split(".").at(-1)!] ?? bytesType);
  return c.body(bytes);
}
