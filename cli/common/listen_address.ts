/**
 * Where a server listens. The launcher, which starts with every command, grants the network for it alone, and so this
 * knows no library.
 *
 * @module
 */

/** Where a server listens if nobody says so. */
export const standardAddress = { host: "127.0.0.1", port: "8080" } as const;

/** An address to listen at. */
export interface ListenAddress {
  /** A name, or an address; without the brackets of IPv6. */
  readonly host: string;
  /** The port; 0 for any that is free. */
  readonly port: number;
}

/**
 * Reads an address.
 *
 * @param host What `--host` says.
 * @param port What `--port` says.
 * @returns Nothing where one of them is none.
 * @example
 * ```ts
 * import { listenAddress } from "./listen_address.ts";
 * listenAddress("[::1]", "8080"); // { host: "::1", port: 8080 }
 * listenAddress("a,b", "8080"); // undefined
 * ```
 */
export function listenAddress(host: string, port: string): ListenAddress | undefined {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const isHost = isHostName(bare) ||
    /^[\dA-Fa-f.]*:[\dA-Fa-f.]*:[\dA-Fa-f:.]*$/.test(bare);
  if (!isHost || !/^\d{1,5}$/.test(port) || Number(port) > 65535) return undefined;
  return { host: bare, port: Number(port) };
}

/**
 * Whether a text may be the name of a host, or an address of IPv4.
 *
 * @param text The text.
 * @example
 * ```ts
 * import { isHostName } from "./listen_address.ts";
 * isHostName("shop.example.com"); // true
 * ```
 */
export function isHostName(text: string): boolean {
  return /^[\dA-Za-z]([\dA-Za-z.-]{0,253})$/.test(text);
}

/**
 * An address as URLs and permissions write it.
 *
 * @param address The address.
 */
export function addressText({ host, port }: ListenAddress): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * Whether nobody but this machine reaches a host.
 *
 * @param host A name, or an address without brackets.
 */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
