/**
 * Pushes a run into PGlite, which is PostgreSQL with pgvector in WebAssembly, and asks it for the lists of some
 * users: whether they are those of `recommend`, how many of them the index finds, and how long it all takes.
 *
 * Usage: deno run --allow-all bench/push_vectors.ts RUN [--users 200] [--data-dir FOLDER]
 *
 * @module
 */
import { withPGlite } from "../tests/cli/push/pglite_server.ts";
import { recommended } from "../tests/cli/push/pushed.ts";
import { runTask } from "../tests/cli/run_cli.ts";
import { benchArguments } from "./bench_arguments.ts";

const { values: flags, positionals: [run] } = benchArguments(import.meta.url, {
  allowPositionals: true,
  options: {
    users: { type: "string", default: "200" },
    "data-dir": { type: "string" },
  },
});
const source = [run, ...flags["data-dir"] === undefined ? [] : ["--data-dir", flags["data-dir"]]];
const k = 20;
/** Neighbours that the index looks at; the first is pgvector's default. */
const efforts = [40, 200, 1000];

await withPGlite(async ({ url, query }) => {
  // All questions are of one session, and so is the push: 64 MB is PostgreSQL's default.
  await query("SET maintenance_work_mem = '512MB'");
  const push = async (...args: string[]) => {
    const { code, stdout, stderr } = await runTask(["push", ...source, "--to", url, ...args]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };
  const plain = await push("--json", "--no-index", "--schema", "plain");
  console.log(`without an index: ${plain.seconds.toFixed(1)} s,`, plain.rows);
  const indexed = await push("--json");
  console.log(`with the index: ${indexed.seconds.toFixed(1)} s`);

  const step = Math.max(1, Math.floor(plain.rows.users / Number(flags.users)));
  const every =
    `SELECT user_id FROM (SELECT user_id, row_number() OVER () AS n FROM plain.users) AS u`;
  const users = await query(`${every} WHERE n % ${step} = 0 LIMIT ${flags.users}`);
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, `${users}\n`);
  const lists = await recommended(...source, "-k", String(k), "--users", file);
  await Deno.remove(file);

  const asked = async (name: string) => {
    let [equal, found, milliseconds] = [0, 0, 0];
    for (const { user, items } of lists) {
      const began = performance.now();
      const rows = await query(`SELECT item_id FROM bandpass.${name}('${user}', ${k})`);
      milliseconds += performance.now() - began;
      const got = rows.split("\n");
      const wanted = items.map(String);
      if (got.join() === wanted.join()) equal++;
      found += got.filter((item) => wanted.includes(item)).length / wanted.length;
    }
    const recall = (found / lists.length).toFixed(4);
    return `${equal} of ${lists.length} lists equal, recall@${k} ${recall}, ` +
      `${(milliseconds / lists.length).toFixed(1)} ms a query`;
  };
  console.log("recommend:", await asked("recommend"));
  for (const effort of efforts) {
    await query(`SET hnsw.ef_search = ${effort}`);
    console.log(
      `recommend_approximate, ef_search ${effort}:`,
      await asked("recommend_approximate"),
    );
  }
});
