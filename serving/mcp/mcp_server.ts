/**
 * A recommender service as tools of the Model Context Protocol, for assistants that call them.
 *
 * @module
 */
// The package names its types where they are not.
// @ts-types="npm:@modelcontextprotocol/sdk@1.32.2/server/mcp"
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp";
import { BandpassError } from "../../errors.ts";
import type { RecommenderService } from "../recommender_service.ts";
import { explainInput, recommendInput, similarInput } from "./tool_inputs.ts";

/** What the tools ask. */
export type AskedService = Pick<RecommenderService, "run" | "recommend" | "similar" | "explain">;

/** What a server is made of. */
export interface McpServerOptions {
  /** The version of Bandpass. */
  readonly version: string;
  /** The service, once it is open. */
  readonly service: Promise<AskedService>;
  /** Told of failures that are no fault of whoever asked. */
  readonly onFailure: (error: unknown) => void;
}

/** What a tool answers: the object, and the same as text for clients that know no objects. */
interface ToolAnswer {
  readonly [key: string]: unknown;
  structuredContent?: Record<string, unknown>;
  content: { type: "text"; text: string }[];
  isError?: boolean;
}

const instructions =
  "Recommends items of a shop or a catalogue by a trained model. Users and items are known by their own ids; " +
  "scores can only be compared within one list. Use explain to say why an item is recommended, and quote its " +
  "sentences rather than numbers.";

/** The tools change nothing, and reach nothing but the model. */
const annotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/**
 * Makes the server; a transport connects it.
 *
 * @param options What it is made of.
 */
export function createMcpServer({ version, service, onFailure }: McpServerOptions): McpServer {
  const server = new McpServer(
    { name: "bandpass", title: "Bandpass", version },
    { instructions },
  );
  const answered = async (
    ask: (service: AskedService) => Promise<Record<string, unknown>>,
  ): Promise<ToolAnswer> => {
    try {
      const opened = await service;
      const answer = { run: opened.run.run, ...await ask(opened) };
      return { structuredContent: answer, content: textOf(JSON.stringify(answer)) };
    } catch (error) {
      return { content: textOf(refusalText(error, onFailure)), isError: true };
    }
  };
  server.registerTool("recommend", {
    title: "Recommend items",
    description: "The best items for a user of the dataset, without those that they took; or for " +
      "somebody who is not in it, by the items that they took. Best first.",
    inputSchema: recommendInput,
    annotations,
  }, ({ user, history, top_k: topK, ...rest }, { signal }) =>
    answered(async (service) => {
      const whose = user === undefined ? { histories: [history!] } : { users: [user] };
      const { lists: [list] } = await service.recommend({ ...whose, topK, ...rest }, { signal });
      return { ...list };
    }));
  server.registerTool(
    "similar",
    {
      title: "Find similar items",
      description: "The items most similar to an item, most similar first.",
      inputSchema: similarInput,
      annotations,
    },
    ({ top_k: topK, ...rest }, { signal }) =>
      answered(async (service) => ({ ...await service.similar({ topK, ...rest }, { signal }) })),
  );
  server.registerTool(
    "explain",
    {
      title: "Explain recommendations",
      description:
        "Why items are recommended to a user, or to somebody with a history: sentences, and the " +
        "score taken apart by modality, frequency band, view, and items that they took.",
      inputSchema: explainInput,
      annotations,
    },
    ({ top_k: topK, ...rest }, { signal }) =>
      answered(async (service) => ({ ...await service.explain({ topK, ...rest }, { signal }) })),
  );
  return server;
}

function textOf(text: string): ToolAnswer["content"] {
  return [{ type: "text", text }];
}

/** What is refused, and what to do about it; nothing of the inside of what is a defect. */
function refusalText(error: unknown, onFailure: (error: unknown) => void): string {
  if (error instanceof BandpassError) {
    const { message, nextStep } = error;
    return nextStep === undefined ? message : `${message}. ${nextStep}`;
  }
  onFailure(error);
  return "The recommender has failed. See what it wrote to stderr";
}
