/**
 * The command line with a fault at one of its writes: `fault_cli.ts KIND NTH COMMAND …`. Kinds are
 * `full` (no space), `denied` (no permission), `kill` (the process ends there, whatever it is doing),
 * and `count`, which prints on stderr how many writes there are.
 *
 * @module
 */
import { allCommands } from "../../cli/commands.ts";
import { removeUnfinishedAtSignals } from "../../cli/common/interruption.ts";
import { main } from "../../cli/common/run_program.ts";

const [kind, nthText, ...args] = Deno.args;
const nth = Number(nthText);
let done = 0;

/** Counts an operation, and fails at the nth one. */
function arrive(): void {
  done++;
  if (done !== nth) return;
  if (kind === "kill") Deno.kill(Deno.pid, "SIGKILL");
  if (kind === "full") throw Object.assign(new Error("os error 28"), { code: "ENOSPC" });
  if (kind === "denied") throw new Deno.errors.PermissionDenied("os error 13");
}

/** Puts the fault before a method. */
function guard<K extends string>(
  object: Record<K, (...args: never[]) => unknown>,
  name: K,
  counts: (...args: never[]) => boolean = () => true,
): void {
  const method = object[name];
  object[name] = function (this: unknown, ...given: never[]) {
    try {
      if (counts(...given)) arrive();
    } catch (error) {
      return Promise.reject(error);
    }
    return method.apply(this, given);
  };
}

const isWriting = (_path: string, options?: Deno.OpenOptions) => options?.createNew === true;
const file = Deno.FsFile.prototype;
// deno-lint-ignore no-explicit-any
const deno = Deno as any;
guard(deno, "open", isWriting as (...args: never[]) => boolean);
for (const name of ["rename", "mkdir", "writeFile", "writeTextFile"]) guard(deno, name);
// deno-lint-ignore no-explicit-any
for (const name of ["write", "syncData"]) guard(file as any, name);

removeUnfinishedAtSignals();
const code = await main(args, allCommands());
if (kind === "count") console.error(`writes ${done}`);
Deno.exit(code);
