import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runTask } from "../run_cli.ts";

/** Users like shoes or hats; each item is of one kind, as its title says. */
function interactions(): string {
  const rows = Array.from({ length: 24 }, (_, user) => {
    const kind = user % 2;
    return Array.from(
      { length: 6 },
      (_, n) => `u${user},${kind === 0 ? "shoe" : "hat"}${(user + n) % 8}\n`,
    ).join("");
  });
  return `user,item\n${rows.join("")}`;
}

const titles = ["shoe", "hat"].flatMap((kind) =>
  Array.from({ length: 8 }, (_, n) => `${kind}${n},${kind} ${["red", "blue"][n % 2]}\n`)
).join("");

Deno.test("recommend --new-items gives lists with items that came after training, by their texts", async () => {
  const folder = await Deno.makeTempDir();
  const done = async (...args: string[]) => {
    const { code, stdout, stderr } = await runTask(args);
    assertEquals(code, 0, stderr);
    return { stdout, stderr };
  };
  const file = async (name: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  const data = ["--dataset", "shop", "--data-dir", folder];
  const words = `words=${await file("titles.csv", `item,title\n${titles}`)}:title`;
  const input = await file("clicks.csv", interactions());
  await done("preprocess", ...data, "--input", input, "--text", words, "--k-core", "1");
  const name = `new-items-${crypto.randomUUID().slice(0, 8)}`;
  const run = `runs/${name}`;
  try {
    await done("train", ...data, "--model", "itemknn", "--run", name);
    const added = await file(
      "new.csv",
      "item,title\nnew shoe,red shoe\nnew hat,Hat, blue\n"
        .replace("Hat, blue", '"Hat, blue"'),
    );
    const args = ["recommend", run, "--user", "u0", "--format", "ndjson", "-k", "18"];
    const { stdout, stderr } = await done(...args, "--new-items", added);
    const { items } = JSON.parse(stdout);
    assertStringIncludes(stderr, "2 new items beside the 16 of the run");
    assert(items.includes("new shoe") && items.includes("new hat"));
    assert(items.indexOf("new shoe") < items.indexOf("new hat"));
    const readable = [...args.slice(0, 4), "-k", "18", "--new-items", added];
    assertMatch((await done(...readable, "--format", "text")).stdout, /new hat +Hat, blue/);
    const named = JSON.parse((await done(...readable, "--json")).stdout).users[0].items
      .find(({ item }: { item: string }) => item === "new hat");
    assertEquals([named.name, named.meta], ["Hat, blue", { title: "Hat, blue" }]);
    const twice = await file("twice.csv", "item,title\nnew hat,blue hat\nnew hat,red shoe\n");
    const first = await done(...args.slice(0, 4), "-k", "18", "--new-items", twice, "--json");
    assertStringIncludes(
      first.stderr,
      `"${twice}" has 1 row of an item that has one before: the first of each is used`,
    );
    // What is shown is what was read.
    const shown = JSON.parse(first.stdout).users[0].items
      .find(({ item }: { item: string }) => item === "new hat");
    assertEquals([shown.name, shown.meta], ["blue hat", { title: "blue hat" }]);
    const evaluation = await done("evaluate", run, "--by", "items", "--json");
    assert("items without train interactions" in JSON.parse(evaluation.stdout).strata);
    const refused = async (text: string, message: string) => {
      const path = await file("wrong.csv", text);
      const { code, stderr } = await runTask([...args, "--new-items", path]);
      assertEquals(code === 2 || code === 3, true, stderr);
      assertStringIncludes(stderr, message);
    };
    await refused("item,title\nshoe1,red shoe\n", 'Cannot add the new item "shoe1": "shop" has it');
    await refused(
      "item,title\nnew,unheard of\n",
      'Cannot score 1 new item of "shop", such as "new": no',
    );
    await refused("item,name\nnew,shoe\n", 'found no column "title", of whose texts features are');
    await Deno.remove(`${folder}/shop/words_text.safetensors`);
    await refused("item,title\nnew,shoe\n", "which older versions did not keep");
  } finally {
    await Deno.remove(`${folder}`, { recursive: true });
    await runTask(["runs", "--remove", name, "--yes"]);
  }
});
