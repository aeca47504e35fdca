/**
 * Who may ask: requests that name this host, come from no foreign page, and have the token where there is one.
 *
 * A page elsewhere can have a visitor's browser send requests here, also by a name of its own that it lets point to this
 * address (DNS rebinding). So `Host` has to be an address, which no name leads to, or a name that is known, and
 * `Origin` this host.
 *
 * @module
 */
import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { sha256 } from "../../data/sha256.ts";
import { problem } from "./problem.ts";

/** Who may ask. */
export interface GuardOptions {
  /** Names, beside addresses and `localhost`, by which the host is known. */
  readonly hostNames: readonly string[];
  /** The token that requests have to have (default: none). */
  readonly token?: string;
}

/** What an orchestrator looks at, which has no token. */
const open: readonly string[] = ["/health", "/ready"];

/** Different spellings of the host that are remembered. */
const mostSpellings = 64;

/**
 * Refuses requests that name another host, or come from a page elsewhere.
 *
 * @param options Who may ask.
 */
export function hostGuard({ hostNames }: GuardOptions): MiddlewareHandler {
  const names = new Set(["localhost", ...hostNames.map((name) => name.toLowerCase())]);
  const accepted = new Set<string>();
  const isOurs = (host: string) => {
    if (accepted.has(host)) return true;
    const name = nameOf(host);
    if (name === undefined || !(names.has(name) || isAddress(name))) return false;
    if (accepted.size < mostSpellings) accepted.add(host);
    return true;
  };
  return async (c, next) => {
    const host = c.req.header("host");
    if (host === undefined || !isOurs(host)) {
      return problem(c, 421, {
        detail: host === undefined ? "The request names no host" : "The request names another host",
        next: "Ask by the address of this server; other names are given to it when it starts",
      });
    }
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      return problem(c, 403, { detail: "The request comes from a page of another origin" });
    }
    await next();
  };
}

/**
 * Refuses requests without the token: as a bearer token, or, for browsers, as the password of Basic authentication.
 *
 * @param options Who may ask.
 */
export function tokenGuard({ token }: GuardOptions): MiddlewareHandler {
  const wanted = token === undefined ? undefined : digestOf(token);
  return async (c, next) => {
    if (wanted === undefined || open.includes(c.req.path)) return await next();
    const given = givenToken(c.req.header("authorization"));
    // Digests have one length, and are compared in the same time wherever they differ.
    if (given !== undefined && timingSafeEqual(digestOf(given), wanted)) return await next();
    c.header("WWW-Authenticate", 'Bearer realm="bandpass", Basic realm="bandpass"');
    return problem(c, 401, {
      detail: given === undefined ? "The request has no token" : "The request has a wrong token",
      next: "Send the header Authorization: Bearer TOKEN",
    });
  };
}

function digestOf(token: string): Uint8Array {
  return new TextEncoder().encode(sha256([token]));
}

function givenToken(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(bearer|basic) +(\S+)$/i.exec(header ?? "") ?? [];
  if (scheme === undefined) return undefined;
  if (scheme.toLowerCase() === "bearer") return value;
  try {
    return atob(value).replace(/^[^:]*:/, "");
  } catch {
    return undefined;
  }
}

/** The name or address in a `Host`, without its port; nothing where it is none. */
function nameOf(host: string): string | undefined {
  if (!/^[\w.:[\]-]+$/.test(host)) return undefined;
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}

function isAddress(name: string): boolean {
  return name.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(name);
}
