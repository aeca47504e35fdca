import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseHTML } from "linkedom";
import { writeNpy } from "../../../data/npy.ts";
import type { Found } from "../../lab/report/read_report.ts";
import { runTask } from "../run_cli.ts";

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const hostile = `<img src=x onerror="alert(1)"> & 'more'`;

/** A dataset whose names and ids are what an attacker would choose, and a folder of pictures. */
async function withShop(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const write = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}`, text);
  try {
    for (const name of ["shop", "pictures"]) await Deno.mkdir(`${folder}/${name}`);
    const rows = [0, 1, 2, 3, 4, 5].flatMap((user) =>
      [0, 1, 2].map((n) => `${user}\t${(user + n) % 4}\t140000000${n}\t${n}\n`)
    );
    await write("shop/shop.inter", `userID\titemID\ttimestamp\tx_label\n${rows.join("")}`);
    await write("shop/items.csv", "itemID,id\n0,a/../b\n1,</style><script>\n2,c\n3,d\n");
    await write("shop/items_meta.csv", `id,title\nc,"${hostile.replaceAll('"', '""')}"\n`);
    const features = Float32Array.of(1, 0, 2, 1, 0, 1, 1, 3);
    await writeNpy(`${folder}/shop/<i>image_feat.npy`, [4, 2], features);
    await Deno.writeFile(`${folder}/pictures/c.PNG`, png);
    await write("pictures/d.jpg", "<svg>");
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function documentOf(html: string): Found {
  return (parseHTML(html) as unknown as { document: Found }).document;
}

Deno.test("datasets --html writes a page that holds all it shows, and shows names as text", () =>
  withShop(async (folder) => {
    const out = `${folder}/page.html`;
    const place = ["--data-dir", folder, "--html", out];
    const { code, stderr } = await runTask(["datasets", "shop", ...place]);
    assertEquals(code, 0, stderr);
    const html = await Deno.readTextFile(out);
    assertStringIncludes(html, `datasets shop --data-dir ${folder} --html ${out}`);
    const document = documentOf(html);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')!;
    assertStringIncludes(policy.getAttribute("content")!, "default-src 'none'");
    assertEquals([...document.querySelectorAll("script, img, link, i, iframe")], []);
    const addresses = html.match(/https?:[^"\s)]*/g) ?? [];
    assertEquals(addresses.filter((address) => !address.startsWith("http://www.w3.org/")), []);
    const names = Array.from(document.querySelectorAll(".near > .item"), (one) => one.textContent);
    assert(names.includes(`${hostile}c`), `${names}`);
    assertStringIncludes(html, "&lt;/style&gt;&lt;script&gt;");
    const text = document.querySelector("body")!.textContent;
    assertStringIncludes(text, "Nearest items by <i>image");
    assertStringIncludes(text, "earlier than a train row of the user");
    const again = await runTask(["datasets", "shop", "--data-dir", folder, "--html", "-"]);
    assertEquals(again.stdout, html.replace(`--html ${out}`, "--html -"));
  }));

Deno.test("datasets --pictures puts pictures into the page, and counts those that it cannot", () =>
  withShop(async (folder) => {
    const args = ["datasets", "shop", "--data-dir", folder, "--html", "-", "--pictures"];
    const { code, stdout, stderr } = await runTask([...args, `${folder}/pictures`]);
    assertEquals(code, 0, stderr);
    const document = documentOf(stdout);
    const sources = Array.from(document.querySelectorAll("img"), (img) => img.getAttribute("src"));
    assertEquals([...new Set(sources)], ["data:image/png;base64,iVBORw0KGgoBAgM="]);
    assertStringIncludes(stderr, "2 items of the page without a picture");
    assertStringIncludes(stderr, "1 picture left out: neither JPEG, PNG, WebP nor GIF by content");
    await Deno.writeFile(`${folder}/pictures/c.PNG`, new Uint8Array(2 ** 20 + 1));
    const large = await runTask([...args, `${folder}/pictures`]);
    assertStringIncludes(large.stderr, "1 picture left out: the page takes up to 1.0 MiB each");
    const none = await runTask([...args, `${folder}/shop`]);
    assertEquals(none.code, 3);
    assertStringIncludes(none.stderr, "next: Name each picture by its item's id");
    const missing = await runTask([...args, `${folder}/nowhere`]);
    assertEquals([missing.code, missing.stdout], [3, ""]);
  }));

Deno.test("datasets refuses --html and --pictures where they would do nothing", async () => {
  const wrong = [
    [["--html", "a.html"], "without a dataset"],
    [["shop", "--html", "-", "--json"], "both to stdout"],
    [["shop", "--pictures", "."], "without --html"],
  ] as const;
  for (const [args, text] of wrong) {
    const { code, stderr } = await runTask(["datasets", ...args]);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, text);
    assertStringIncludes(stderr, "next:");
  }
});
