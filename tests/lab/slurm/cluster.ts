/**
 * A Slurm of two nodes on this machine: its own key, ports and folder, and no service of the system.
 *
 * @module
 */

/** What it is made of; a user's PATH may lack the folder of the system's programs. */
const programs = ["munged", "sbatch", "scancel", "scontrol", "slurmctld", "slurmd", "squeue"];
const path = `${Deno.env.get("PATH")}:/usr/sbin:/sbin`;

/** Which of its programs are missing; none where a cluster can be started. */
export const missing: readonly string[] = programs.filter((program) =>
  !path.split(":").some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      return false;
    }
  })
);

/** What a test is called that cannot be run where Slurm is not installed. */
export function named(name: string): { name: string; ignore: boolean } {
  return missing.length === 0 ? { name, ignore: false } : {
    name: `${name} (skipped: no ${missing.join(", ")}; install slurm-wlm and munge)`,
    ignore: true,
  };
}

/** A cluster that runs. */
export interface Cluster extends AsyncDisposable {
  /** Variables with which the programs of Slurm find it. */
  readonly env: Readonly<Record<string, string>>;
  /** Kills a node: its daemon, and all that it runs, without a word to anybody. */
  readonly kill: (node: string) => Promise<void>;
  /** Ends the daemon that all others ask. */
  readonly stopController: () => Promise<void>;
  /** Starts it again. */
  readonly startController: () => Promise<void>;
}

const text = new TextDecoder();

/** Runs a program to its end. */
export async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    ...{ args: [...args], env: { ...env, PATH: path }, stdin: "null" },
  }).output();
  if (code === 0) return text.decode(stdout).trim();
  throw new Error(`${program} ${args.join(" ")}: ${text.decode(stderr)}`);
}

function freePorts(count: number): number[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map(({ addr }) => addr.port);
  for (const listener of listeners) listener.close();
  return ports;
}

/** Waits until something holds, up to a minute. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
): Promise<T> {
  for (const end = performance.now() + 60_000; performance.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Waited a minute for ${what}`);
}

/**
 * Starts a cluster.
 *
 * @param folder A folder for its files.
 */
export async function startCluster(folder: string): Promise<Cluster> {
  const [user, host] = [await run("id", ["-un"]), await run("hostname", ["-s"])];
  const [control, ...nodes] = freePorts(3);
  for (const name of ["state", "spool/node1", "spool/node2"]) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  }
  const conf = `${folder}/slurm.conf`;
  await Deno.writeTextFile(
    conf,
    `ClusterName=bandpass
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
# A job whose node was lost waits as long as its credentials are good.
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort=${control}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/%n.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
SlurmdTimeout=6
MessageTimeout=3
ReturnToService=2
${
      nodes.map((port, n) =>
        `NodeName=node${
          n + 1
        } NodeHostname=${host} NodeAddr=127.0.0.1 Port=${port} CPUs=1 RealMemory=500\n`
      ).join("")
    }PartitionName=main Nodes=ALL Default=YES State=UP
`,
  );
  const env = { SLURM_CONF: conf };
  const key = `${folder}/munge.key`;
  await Deno.writeFile(key, crypto.getRandomValues(new Uint8Array(128)), { mode: 0o600 });
  const files = ["key-file=key", "socket=socket", "pid-file=pid", "log-file=log", "seed-file=seed"];
  await run("munged", [
    "--force",
    ...files.map((file) => `--${file.replace("=", `=${folder}/munge.`)}`),
  ]);
  const startController = async () => void await run("slurmctld", ["-f", conf], env);
  await startController();
  for (const node of ["node1", "node2"]) await run("slurmd", ["-N", node, "-f", conf], env);
  await until(
    "two nodes",
    async () =>
      (await run("sinfo", ["--noheader", "--format=%T %D"], env).catch(() => "")) === "idle 2",
  );

  const pid = async (name: string) => Number(await Deno.readTextFile(`${folder}/${name}.pid`));
  const end = async (name: string, signal: Deno.Signal = "SIGKILL") => {
    const process = await pid(name).catch(() => undefined);
    if (process !== undefined) kill(process, signal);
  };
  return {
    env: { ...env, PATH: path },
    startController,
    stopController: async () => {
      const process = await pid("slurmctld");
      kill(process, "SIGTERM");
      await until("the controller to end", () => Promise.resolve(!isAlive(process)));
    },
    kill: async (node) => {
      await end(node);
      // The one that watches a job first: it would tell of its end.
      for (const process of await processesOf(node, conf)) kill(process, "SIGKILL");
    },
    [Symbol.asyncDispose]: async () => {
      for (const name of ["node1", "node2", "slurmctld", "munge"]) await end(name);
      for (const node of ["node1", "node2"]) {
        for (const process of await processesOf(node, conf)) kill(process, "SIGKILL");
      }
    },
  };
}

/** The processes of jobs on a node, each behind the one that watches it. */
async function processesOf(node: string, conf: string): Promise<number[]> {
  const found = new Set<number>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const variables = (await Deno.readTextFile(`/proc/${name}/environ`)).split("\0");
      const isOfJob = variables.includes(`SLURMD_NODENAME=${node}`) &&
        variables.includes(`SLURM_CONF=${conf}`);
      if (!isOfJob) continue;
      const [, parent] = /^PPid:\s*(\d+)$/m.exec(await Deno.readTextFile(`/proc/${name}/status`))!;
      const watcher = await Deno.readTextFile(`/proc/${parent}/comm`);
      if (watcher.startsWith("slurmstepd")) found.add(Number(parent));
      found.add(Number(name));
    } catch {
      // It has ended meanwhile.
    }
  }
  return [...found];
}

function kill(process: number, signal: Deno.Signal): void {
  try {
    Deno.kill(process, signal);
  } catch {
    // It has ended by itself.
  }
}

function isAlive(process: number): boolean {
  try {
    Deno.statSync(`/proc/${process}`);
    return true;
  } catch {
    return false;
  }
}
