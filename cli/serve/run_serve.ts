/**
 * What `serve` does: it answers requests until a signal ends it.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { BandpassError } from "../../errors.ts";
import { createApp } from "../../serving/http/app.ts";
import { HttpServer } from "../../serving/http/http_server.ts";
import type { LogEntry } from "../../serving/http/request_log.ts";
import { ServiceMetrics } from "../../serving/http/service_metrics.ts";
import { type Reloaded, ServiceSwitch } from "../../serving/service_switch.ts";
import { flags } from "../common/flags.ts";
import { addressText } from "../common/listen_address.ts";
import { leaveWorkers, openService } from "../common/open_service.ts";
import { writeResult } from "../common/output.ts";
import { JsonLog } from "./json_log.ts";
import { watchRun } from "./run_watch.ts";
import type { ServeRequest } from "./serve_command.ts";
import { listenForSignals } from "./serve_signals.ts";
import { readToken } from "./token.ts";

/** Why a server ends. */
type Ending = { readonly signal: string } | { readonly failure: unknown };

/**
 * Serves a run.
 *
 * @param request What the user asked for.
 * @throws {BandpassError} The run cannot be opened, the address cannot be listened at, or the device has failed.
 */
export async function runServe(request: ServeRequest): Promise<void> {
  const { address, hostNames, tokenFile, log: logged, run, model, dataDir, adapter } = request;
  const token = await readToken(address, tokenFile);
  const lines = new JsonLog((bytes) => Deno.stderr.write(bytes));
  const log = (entry: LogEntry) => {
    const isRequest = entry.event === "request" && Number(entry.status) < 400;
    if (logged === "requests" || !isRequest) lines.add(entry);
  };
  const ending = Promise.withResolvers<Ending>();
  const metrics = new ServiceMetrics(() => services.current?.waiting ?? 0);
  const services: ServiceSwitch = new ServiceSwitch((signal) =>
    openService({ run, model, dataDir, adapter }, {
      signal,
      onNote: (text) => log({ event: "note", text }),
      onFailure: (failure) => ending.resolve({ failure }),
      onPass: (pass) => metrics.countPass(pass),
    })
  );
  const app = createApp({
    ...{ services, metrics, log, guard: { hostNames, token }, version: manifest.version },
    isEnding: () => server.isEnding,
  });
  const server: HttpServer = new HttpServer(address, app.fetch, (trouble, isOver) => {
    const message = trouble instanceof Error ? trouble.message : String(trouble);
    log({ event: "not accepting", message });
    if (isOver) ending.resolve({ failure: notAccepting(message) });
  });
  let lastReload: Promise<Reloaded> | undefined;
  const reload = async () => {
    watch?.served();
    const reloading = services.reload();
    // Signals that come faster than runs are opened are one reload.
    if (reloading === lastReload) return;
    lastReload = reloading;
    const reloaded = await reloading;
    const { run: before } = services.current?.run ?? {};
    const isServed = "served" in reloaded;
    metrics.countReload(isServed ? "served" : "refused");
    log(
      isServed
        ? { event: "reload", ...reloaded.served.run }
        : { event: "reload refused", serving: before, ...toldOf(reloaded.refused) },
    );
  };
  using _signals = listenForSignals({
    end: (signal) => ending.resolve({ signal }),
    reload: () => void reload(),
  });
  // What changes while the run is opened counts too.
  using watch = request.watch ? watchRun(run, reload) : undefined;
  const opening = services.reload();
  const first = await Promise.race([opening, ending.promise]);
  if ("refused" in first) {
    await server.end();
    throw first.refused;
  }
  if ("served" in first) {
    log({ event: "ready", ...first.served.run });
    await writeResult(`http://${addressText({ ...address, port: server.port })}\n`);
  }
  const end = await ending.promise;
  log({ event: "ending", ..."signal" in end ? { signal: end.signal } : toldOf(end.failure) });
  const isAnswered = await server.end();
  await services[Symbol.asyncDispose]();
  await leaveWorkers();
  log({ event: "ended", unfinished: !isAnswered });
  await lines.flush();
  if ("failure" in end) throw end.failure;
}

function notAccepting(trouble: string): BandpassError {
  return new BandpassError(
    `Cannot listen any more: ${trouble}`,
    ({ setting }) =>
      `Start it again, with a ${setting("port")} of its own rather than any free one`,
  );
}

/** What an error says, as a log has it. */
function toldOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof BandpassError) {
    const { message, nextStep } = error.told(flags);
    return { message, next: nextStep };
  }
  return { message: error instanceof Error ? error.stack ?? error.message : String(error) };
}
