import { assertEquals } from "@std/assert";
import { findRun, type RunFiles, runsOnDisk } from "../../../cli/common/run_reference.ts";

const project = "/opt/bandpass";

/** What is found of a text from /home/ann, where there are these runs. */
function found(text: string, runs: string[], others: string[] = []) {
  const files: RunFiles = {
    exists: (path) => [...runs, ...others].includes(path),
    isRun: (path) => runs.includes(path),
    newestRun: (folder) => runs.findLast((run) => run.startsWith(`${folder}/`)),
  };
  const reference = findRun(text, "/home/ann", project, files);
  return reference && [reference.path, reference.other].filter((path) => path !== undefined);
}

Deno.test("findRun() takes a path from where the user stands, then a name in runs/", () => {
  const [here, there] = ["/home/ann/a", "/opt/bandpass/runs/a"];
  for (const text of ["a", "./a", "a/", "../ann/a", "/home/ann/a//"]) {
    assertEquals(found(text, [here]), [here], text);
  }
  for (const text of ["a", "a/", "runs/a", "runs//a/", "../../opt/bandpass/runs/a"]) {
    assertEquals(found(text, [there]), [there], text);
  }
  assertEquals(found("runs/a", ["/home/ann/runs/a"]), ["/home/ann/runs/a"]);
  // What is no name is looked for in one place.
  for (const text of ["./a", "runs/b/a", "/a"]) {
    assertEquals(found(text, [there])?.[0] === there, false, text);
  }
});

Deno.test("findRun() tells of another run that is called so", () => {
  const [here, there] = ["/home/ann/a", "/opt/bandpass/runs/a"];
  assertEquals(found("a", [there, here]), [here, there]);
  assertEquals(found("./a", [there, here]), [here]);
  assertEquals(found("runs/a", ["/home/ann/runs/a", there, here]), ["/home/ann/runs/a", there]);
  // Who stands in runs/ has one run, and not two.
  const reference = findRun("a", "/opt/bandpass/runs", project, {
    ...runsOnDisk,
    isRun: (path) => path === there,
  });
  assertEquals(reference, { path: there });
});

Deno.test("findRun() gives the likeliest place of a run that is not there", () => {
  assertEquals(found("a", []), ["/opt/bandpass/runs/a"]);
  assertEquals(found("./a", []), ["/home/ann/a"]);
  assertEquals(found("..", []), ["/home"]);
  assertEquals(found("a", [], ["/home/ann/a"]), ["/home/ann/a"]);
});

Deno.test("findRun() takes last for the run that was begun or trained most recently", async () => {
  assertEquals(found("last", ["/opt/bandpass/runs/last", "/opt/bandpass/runs/b"]), [
    "/opt/bandpass/runs/b",
  ]);
  assertEquals(found("runs/last", ["/opt/bandpass/runs/last", "/opt/bandpass/runs/b"]), [
    "/opt/bandpass/runs/last",
  ]);
  assertEquals(found("last", ["/home/ann/last"]), undefined);
  const folder = await Deno.makeTempDir();
  const last = () => findRun("last", "/", folder)?.path;
  try {
    assertEquals(last(), undefined);
    await Deno.mkdir(`${folder}/runs/notes`, { recursive: true });
    assertEquals(last(), undefined);
    for (const [n, name] of ["c", "b", "a", "d"].entries()) {
      await Deno.mkdir(`${folder}/runs/${name}`);
      await Deno.writeTextFile(`${folder}/runs/${name}/config.json`, "{}");
      await Deno.utime(`${folder}/runs/${name}/config.json`, n, Math.min(n, 2));
    }
    // Of those that were begun at one time, the last by name.
    assertEquals(last(), `${folder}/runs/d`);
    await Deno.writeTextFile(`${folder}/runs/c/metrics.jsonl`, "");
    assertEquals(last(), `${folder}/runs/c`);
    await Deno.writeTextFile(`${folder}/runs/notes/metrics.jsonl`, "");
    await Deno.writeTextFile(`${folder}/runs/a/items.csv`, "");
    assertEquals(last(), `${folder}/runs/c`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
