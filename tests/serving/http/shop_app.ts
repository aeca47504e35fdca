/**
 * The HTTP interface of the small shop, asked without a network.
 *
 * @module
 */
import { createApp } from "../../../serving/http/app.ts";
import type { GuardOptions } from "../../../serving/http/guard.ts";
import type { LogEntry } from "../../../serving/http/request_log.ts";
import { ServiceMetrics } from "../../../serving/http/service_metrics.ts";
import { ServiceSwitch } from "../../../serving/service_switch.ts";
import { openShop } from "../shop_service.ts";

/** An interface, and what it has logged. */
export interface ShopApp {
  /** Sends a request to a path, as a client that knows the host does. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a body of JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The service. */
  readonly services: ServiceSwitch;
  /** The log. */
  readonly log: LogEntry[];
}

/**
 * Makes one, whose service is opened by its first reload.
 *
 * @param options Who may ask, and whether it is ending.
 */
export function shopApp(
  { isEnding = () => false, ...guard }: Partial<GuardOptions> & { isEnding?: () => boolean } = {},
): ShopApp {
  const metrics = new ServiceMetrics(() => services.current?.waiting ?? 0);
  const services: ServiceSwitch = new ServiceSwitch(() =>
    openShop({}, { onPass: (pass) => metrics.countPass(pass) })
  );
  const log: LogEntry[] = [];
  const app = createApp({
    ...{ services, metrics, version: "1.2.3", guard: { hostNames: [], ...guard }, isEnding },
    log: (entry) => log.push(entry),
  });
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has("host")) headers.set("host", "127.0.0.1:8080");
    return await app.request(`http://127.0.0.1:8080${path}`, { ...init, headers });
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
  return { ask, post, services, log };
}
