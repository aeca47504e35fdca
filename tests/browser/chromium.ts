/**
 * A real browser without a window, and a server for what it looks at.
 *
 * @module
 */
import { type Browser, chromium } from "playwright-core";

/** What Debian, Ubuntu and Google call it. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where Chromium is; nothing where there is none. */
export const chromiumPath: string | undefined = (Deno.env.get("PATH") ?? "").split(":")
  .flatMap((folder) => names.map((name) => `${folder}/${name}`))
  .find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });

/** Behind the name of a test that needs it, where there is none. */
export const skipped = chromiumPath === undefined ? " (skipped: no Chromium is installed)" : "";

/**
 * Starts Chromium, with WebGPU by its own software driver, and ends it after use.
 *
 * @param use What is done with it.
 */
export async function withChromium<Result>(
  use: (browser: Browser) => Promise<Result>,
): Promise<Result> {
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    // The sandbox of Chromium refuses to run as root.
    args: ["--enable-unsafe-webgpu", ...Deno.uid() === 0 ? ["--no-sandbox"] : []],
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

const types: Readonly<Record<string, string>> = {
  bin: "application/octet-stream",
  css: "text/css",
  html: "text/html",
  js: "text/javascript",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
};

/** Gives the bytes of a path with its query; nothing where there is none. */
export type FileSource = (
  path: string,
  query: string,
) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/**
 * Serves files to this machine alone, and ends after use.
 *
 * @param source The files, by paths without a slash before them.
 * @param use What is done with the address, which has a slash at its end.
 */
export async function withServer<Result>(
  source: FileSource,
  use: (address: string) => Promise<Result>,
): Promise<Result> {
  const options = { port: 0, hostname: "127.0.0.1", onListen() {} };
  const server = Deno.serve(options, async ({ url }) => {
    const { pathname, search } = new URL(url);
    const path = decodeURIComponent(pathname.slice(1)) || "index.html";
    const bytes = await source(path, search);
    if (bytes === undefined) return new Response("Not found", { status: 404 });
    const type = types[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    return new Response(bytes, { headers: { "content-type": type } });
  });
  try {
    return await use(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}
