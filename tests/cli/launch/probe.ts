/**
 * Tries what no command may do, and what some may, and prints what Deno allowed: it stands in the place
 * of the command line, with the permissions that a task gave it.
 *
 * @module
 */

/** What to try: names of attempts, or `read PATH`, `write PATH` and `listen HOST:PORT`. */
const attempts: string[] = JSON.parse(Deno.args[0]);

const others: Readonly<Record<string, () => unknown>> = {
  // Nothing listens there: what Deno allows fails in another way.
  net: () => Deno.connect({ hostname: "127.0.0.1", port: 1 }),
  listen: () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close(),
  fetch: () => fetch("http://127.0.0.1:65432/"),
  import: () => import(["https:", "//127.0.0.1:65432/a.ts"].join("")),
  run: () => new Deno.Command(Deno.build.os === "windows" ? "cmd" : "true").output(),
  // "python3" is what one task may run; that it is missing is another failure.
  python: () => new Deno.Command("python3", { args: ["--version"] }).output(),
  ffi: () => Deno.dlopen("/nonexistent.so", {}),
  sys: () => Deno.hostname(),
  home: () => Deno.env.get("HOME"),
  environment: () => Deno.env.toObject(),
  token: () => Deno.env.get("BANDPASS_TOKEN"),
  folder: () => Deno.env.get("INIT_CWD"),
  threads: () => Deno.env.get("LP_NUM_THREADS"),
  terminal: () => Deno.env.get("TERM"),
  memory: () => Deno.systemMemoryInfo(),
};

async function isAllowed(attempt: string): Promise<boolean> {
  const [, kind, path] = /^(read|write|listen) (.*)$/s.exec(attempt) ?? [];
  try {
    if (kind === "read") await Deno.stat(path);
    else if (kind === "write") await Deno.writeTextFile(path, "written");
    else if (kind === "listen") {
      const [hostname, port] = path.split(":");
      Deno.listen({ hostname, port: Number(port) }).close();
    } else await others[attempt]();
    return true;
  } catch (error) {
    return !(error instanceof Deno.errors.NotCapable) &&
      !/^Requires \w+ access|--cached-only is specified/.test((error as Error).message);
  }
}

const allowed: string[] = [];
for (const attempt of attempts) if (await isAllowed(attempt)) allowed.push(attempt);
console.log(JSON.stringify(allowed));
