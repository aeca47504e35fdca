/**
 * Commands in processes of their own that are killed or fail at a write, in a folder of their own: for the
 * tests, with small counts, and for `bench/durability.ts`, with large ones.
 *
 * @module
 */
import { normal, uniforms } from "../../algebra/random_sequence.ts";
import { projectFolder } from "./run_cli.ts";

/** What a process left behind. */
export interface Ended {
  /** Its exit code; 137 where it was killed. */
  readonly code: number;
  /** What it printed on stdout. */
  readonly stdout: string;
  /** What it printed on stderr. */
  readonly stderr: string;
}

/** A fault, as `fault_cli.ts` knows them. */
export interface Fault {
  /** What happens. */
  readonly kind: "full" | "denied" | "kill" | "count";
  /** At which write, counted from 1. */
  readonly nth: number;
}

/** No fault; the number of writes stands at the end of stderr. */
export const counting: Fault = { kind: "count", nth: 0 };

const [users, items] = [40, 60];

/** A folder with tables to make a dataset of, and what commands make of them. */
export class Workshop {
  /**
   * A folder that is there.
   *
   * @param folder The folder.
   * @param hasOwnProcessIds Whether each command is in a process-id namespace of its own.
   */
  constructor(readonly folder: string, readonly hasOwnProcessIds = false) {}

  /**
   * Makes the tables.
   *
   * @param hasOwnProcessIds Whether each command is in a process-id namespace of its own.
   */
  static async open(hasOwnProcessIds = false): Promise<Workshop> {
    const shop = new Workshop(await Deno.makeTempDir(), hasOwnProcessIds);
    const next = uniforms(5);
    let rows = "user,item,timestamp\n";
    for (let user = 0; user < users; user++) {
      for (let n = 0; n < 9; n++) {
        rows += `u${user},i${Math.floor(next() ** 2 * items)},${1000 + 100 * user + n}\n`;
      }
    }
    await Deno.writeTextFile(`${shop.folder}/rows.csv`, rows);
    for (const [name, columns] of [["image", 6], ["text", 4]] as const) {
      let table = `item,${Array.from({ length: columns }, (_, c) => `f${c}`)}\n`;
      for (let item = 0; item < items; item++) {
        table += `i${item},${Array.from({ length: columns }, () => normal(next).toFixed(3))}\n`;
      }
      await Deno.writeTextFile(`${shop.folder}/${name}.csv`, table);
    }
    return shop;
  }

  /**
   * Runs a command there.
   *
   * @param command What is typed.
   * @param fault What goes wrong (default: nothing).
   * @param killAfter Milliseconds until the process is killed (default: it is not).
   */
  async run(command: readonly string[], fault = counting, killAfter?: number): Promise<Ended> {
    const deno = [
      ...[Deno.execPath(), "run", "--quiet", "--allow-all", `--config=${projectFolder}deno.json`],
      ...[`${projectFolder}tests/cli/fault_cli.ts`, fault.kind, String(fault.nth), ...command],
    ];
    // The first process of a namespace cannot kill itself, so a shell is the first.
    const own = [
      "unshare",
      "-pf",
      "--mount-proc",
      "--kill-child",
      "sh",
      "-c",
      '"$@"; exit $?',
      "sh",
    ];
    const [program, ...args] = this.hasOwnProcessIds ? [...own, ...deno] : deno;
    const child = new Deno.Command(program, {
      args,
      cwd: this.folder,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const timer = killAfter === undefined
      ? undefined
      : setTimeout(() => child.kill("SIGKILL"), killAfter);
    const { code, stdout, stderr } = await child.output();
    clearTimeout(timer);
    const text = new TextDecoder();
    return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
  }

  /**
   * Makes the dataset `tiny`.
   *
   * @param fault What goes wrong (default: nothing).
   */
  async preprocess(fault = counting): Promise<Ended> {
    const features = ["image", "text"].flatMap((name) => ["--features", `${name}=${name}.csv`]);
    const more = ["--dataset", "tiny", "--k-core", "1", "--overwrite", ...features];
    return await this.run(["preprocess", "--input", "rows.csv", ...more], fault);
  }

  /**
   * What a run holds that follows from its seed, by file: bytes in hexadecimal, metrics and the result
   * without their seconds.
   *
   * @param run Its name.
   */
  async contents(run: string): Promise<Record<string, string>> {
    const folder = `${this.folder}/runs/${run}`;
    const found: Record<string, string> = {};
    for await (const { name } of Deno.readDir(folder)) {
      if (name.endsWith(".safetensors") || name === "diagnostics.jsonl") {
        found[name] = (await Deno.readFile(`${folder}/${name}`)).toHex();
      }
      if (name === "metrics.jsonl") {
        const text = await Deno.readTextFile(`${folder}/${name}`);
        found[name] = text.replaceAll(/"seconds":[^}]*/g, "");
      }
      if (name === "result.json") {
        const text = await Deno.readTextFile(`${folder}/${name}`);
        // The checksum is of the seconds too.
        found[name] = text.replaceAll(/"(seconds|seconds_per_epoch|checksum)":.*/g, "");
      }
    }
    return found;
  }

  /** The names in a folder that a command should not have left there. */
  async leftovers(folder: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { name } of Deno.readDir(`${this.folder}/${folder}`)) {
      if (/\.(tmp|former)$/.test(name)) found.push(name);
    }
    return found;
  }

  /** Removes the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

/**
 * Trains a run of six epochs, kills it, and resumes it.
 *
 * @param shop Where.
 * @param settings Model and settings.
 * @param name The name of the run.
 * @param kill At which write, or after how many milliseconds.
 * @returns Whether it was killed, and had begun by then; it has its six epochs now.
 */
export async function killedAndResumed(
  shop: Workshop,
  settings: readonly string[],
  name: string,
  kill: { readonly write: number } | { readonly milliseconds: number },
): Promise<{ killed: boolean; begun: boolean }> {
  const training = ["train", "--dataset", "tiny", ...settings, "--epochs", "6", "--run", name];
  const first = "write" in kill
    ? await shop.run(training, { kind: "kill", nth: kill.write })
    : await shop.run(training, counting, kill.milliseconds);
  const killed = first.code !== 0;
  const folder = `${shop.folder}/runs/${name}`;
  const begun = await Deno.stat(`${folder}/config.json`).then(() => true, () => false);
  if (!begun) await Deno.remove(folder, { recursive: true }).catch(() => {});
  const rest = begun ? ["train", "--resume", `runs/${name}`] : training;
  const second = killed ? await shop.run(rest) : first;
  if (second.code !== 0) throw new Error(`${rest.join(" ")}: ${second.stderr}`);
  return { killed, begun };
}

/** Commands that write, each with where it does; each can be run again and again. */
export const writingCommands: Readonly<Record<string, (n: number) => [string[], string]>> = {
  train: (n) => [
    ["train", "--dataset", "tiny", "--model", "bpr", "--set=dim=8", "--epochs=2", `--run=t${n}`],
    `runs/t${n}`,
  ],
  recommend: () => [["recommend", "--run", "runs/kept", "--out", "lists/a.csv"], "lists"],
  export: () => [["export", "--run", "runs/kept", "--out", "rows", "--overwrite"], "rows"],
  spectrum: () => [
    ["spectrum", "--dataset", "tiny", "--eigenpairs", "4", "--out", "lists/s.csv"],
    "lists",
  ],
};

/**
 * A shop with a dataset and a run, for {@linkcode failedAt}.
 */
export async function shopWithRun(): Promise<Workshop> {
  const shop = await Workshop.open();
  await shop.preprocess();
  const train = ["train", "--dataset", "tiny", "--model", "bpr", "--set=dim=8", "--epochs=2"];
  await shop.run([...train, "--run=kept"]);
  await Deno.mkdir(`${shop.folder}/lists`);
  return shop;
}

/**
 * Runs a command that fails at one of its writes.
 *
 * @param shop What {@linkcode shopWithRun} gave.
 * @param name One of {@linkcode writingCommands}, or `preprocess`.
 * @param fault What goes wrong.
 * @returns What is not as it must be; nothing where all is.
 */
export async function failedAt(
  shop: Workshop,
  name: string,
  fault: Fault,
): Promise<string | undefined> {
  const [command, folder] = name === "preprocess"
    ? [[], "datasets"] as const
    : writingCommands[name](fault.nth + (fault.kind === "full" ? 1000 : 2000));
  const run = (fault?: Fault) =>
    name === "preprocess" ? shop.preprocess(fault) : shop.run(command, fault);
  const { code, stderr } = await run(fault);
  const isTold = code === 1 && /^error: Cannot \w+ "/m.test(stderr) && /^ {2}next: /m.test(stderr);
  // What can be done without, such as a cache, is told or not needed, and the command goes on.
  if (code !== 0 && !isTold) return `exit ${code}: ${stderr}`;
  const left = await shop.leftovers(folder).catch(() => []);
  if (left.length > 0) return `left ${left}`;
  const again = name === "train" && code !== 0
    ? await Deno.remove(`${shop.folder}/${folder}`, { recursive: true }).catch(() => {}).then(() =>
      run()
    )
    : name === "train"
    ? undefined
    : await run();
  return again === undefined || again.code === 0 ? undefined : `then: ${again.stderr}`;
}
