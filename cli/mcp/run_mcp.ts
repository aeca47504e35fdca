/**
 * What `mcp` does: it answers a client on stdio until that hangs up. Stdout has the protocol's messages and
 * nothing else.
 *
 * @module
 */
import process from "node:process";
// The package names its types where they are not.
// @ts-types="npm:@modelcontextprotocol/sdk@1.32.2/server/stdio"
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio";
import manifest from "../../deno.json" with { type: "json" };
import { createMcpServer } from "../../serving/mcp/mcp_server.ts";
import { note } from "../common/note.ts";
import { openService } from "../common/open_service.ts";
import type { RunRequest } from "../common/open_recommender.ts";
import { reportError } from "../common/report_error.ts";

/**
 * Answers a client.
 *
 * @param request Which run.
 * @throws {BandpassError} The run cannot be opened, or the device has failed.
 */
export async function runMcp(request: RunRequest): Promise<void> {
  const failed = Promise.withResolvers<never>();
  const opening = openService(request, { onNote: note, onFailure: failed.reject });
  const server = createMcpServer({
    version: manifest.version,
    // A client waits for its first answer less long than a large run may take to open.
    service: opening,
    onFailure: reportError,
  });
  const hungUp = Promise.withResolvers<void>();
  server.server.onclose = hungUp.resolve;
  server.server.onerror = (error) => {
    // Zod's message is a list of everything that a message of the protocol could have been.
    const why = error.name === "ZodError" ? "no message of JSON-RPC 2.0" : error.message;
    console.error(`Not understood: ${why}`);
  };
  for (const event of ["end", "close"]) process.stdin.once(event, hungUp.resolve);
  process.stdout.on("error", () => hungUp.resolve());
  await server.connect(new StdioServerTransport());
  await Promise.race([hungUp.promise, failed.promise, opening.then(() => hungUp.promise)]);
  // What was asked before the client hung up is answered.
  await (await opening)[Symbol.asyncDispose]();
  await server.close();
}
