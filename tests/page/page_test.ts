import { assert, assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { pageFiles } from "../../page/page_contents.ts";
import { chromiumPath, skipped, withChromium, withServer } from "../browser/chromium.ts";
import { hostileId, hostileName, withShownRuns } from "./shown_runs.ts";

/** Opens a place of the page, and waits until it is shown: whole, or not at all. */
async function opened(page: Page, address: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(address);
  await page.locator("main h2").first().waitFor();
}

/** A page whose errors and requests are collected. */
async function watched(
  browser: Browser,
  errors: string[],
  options: { width: number; colorScheme: "light" | "dark" },
): Promise<Page> {
  const { width, colorScheme } = options;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.on("console", (message) => errors.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("dialog", (dialog) => errors.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (!/^http:\/\/127\.0\.0\.1:|^about:/.test(request.url())) errors.push(request.url());
  });
  return page;
}

/** The ids and scores of the list that is shown. */
function listOf(page: Page): Promise<{ href: string; score: string }[]> {
  return page.locator(".list > li").evaluateAll((items) =>
    items.map((item) => ({
      href: item.querySelector("a")!.getAttribute("href")!,
      score: item.querySelector(".score")!.textContent!,
    }))
  );
}

const idIn = (href: string) => new URLSearchParams(href.slice(1)).get("item")!;

Deno.test({
  name: `the page finds, ranks, explains and compares in Chromium${skipped}`,
  ignore: chromiumPath === undefined,
  fn: () =>
    withShownRuns(async (runs) => {
      const spectrum = {
        eigenvalues: [1, 0.9, 0.5, 0.4],
        bands: [{ first: 0, end: 2 }, { first: 2, end: 4 }],
        modalities: [{ name: "image", bands: [0.4, 0.1], remainder: 0.5 }],
      };
      const content = { runs, withUsers: true, listLength: 20, spectrum, isServed: true };
      const files = new Map((await pageFiles(content)).map((file) => [file.path, file]));
      const errors: string[] = [];
      await withServer(
        (path) => files.get(path)?.bytes() ?? Promise.resolve(undefined),
        (address) =>
          withChromium(async (browser) => {
            const page = await watched(browser, errors, { width: 1400, colorScheme: "light" });
            const { recommender } = runs[0];

            // By keyboard alone: find a user, open a reason, follow an item.
            await opened(page, address);
            await page.keyboard.press("Tab");
            await page.keyboard.press("Enter");
            assertEquals(await page.locator(":focus").getAttribute("id"), "content");
            await page.locator("input").first().focus();
            await page.keyboard.type("u7");
            await page.keyboard.press("ArrowDown");
            await page.keyboard.press("Enter");
            await page.locator("h2", { hasText: "User u7" }).waitFor();

            // In the browser the lists are those of recommend.
            const status = await page.locator("#status").textContent();
            assert(/^20 items, ranked in this browser on .+\.$/.test(status!), status!);
            for (const user of ["u7", "u0", "u31"]) {
              await opened(page, `${address}#user=${user}&run=bands`);
              const [{ items }] = await recommender.recommend([user], { topK: 20 });
              const found = await listOf(page);
              assertEquals(found.map(({ href }) => idIn(href)), items.map(({ item }) => item));
            }
            const ranked = await listOf(page);
            await page.getByLabel("Rank in this browser").press("Space");
            await page.locator("#status", { hasText: "ranked by the server" }).waitFor();
            assertEquals(await listOf(page), ranked);
            await page.getByLabel("Rank in this browser").press("Space");
            await page.locator("#status", { hasText: "ranked in this browser" }).waitFor();

            await page.locator(".list summary").first().focus();
            await page.keyboard.press("Enter");
            await page.locator(".explanation").first().waitFor();
            const captions = await page.locator(".explanation caption").allTextContents();
            assertEquals(captions.slice(0, 3), [
              "By modality",
              "By band of the item",
              "By band: the user's in rows, the item's in columns",
            ]);

            // Side by side, with reasons that the server has.
            await opened(page, `${address}#user=u7&run=bands&beside=filter`);
            assertEquals(await page.locator(".list").count(), 2);
            await page.locator(".list").nth(1).locator("summary").first().click();
            await page.locator(".explanation", { hasText: "By what was taken" }).waitFor();

            // The menus say what is shown, also after going back.
            const chosen = () => page.locator("#controls option:checked").allTextContents();
            assertEquals(await chosen(), ["bands", "filter"]);
            await page.getByLabel("Beside").selectOption("nothing");
            await page.getByLabel("Run").selectOption("filter");
            assertEquals(await chosen(), ["filter", "nothing"]);
            await page.goBack();
            await page.goBack();
            await page.locator(".list").nth(1).waitFor();
            assertEquals(await chosen(), ["bands", "filter"]);

            // Ids and names are texts.
            await opened(page, `${address}#item=${encodeURIComponent(hostileId)}`);
            assert((await page.locator("main").textContent())!.includes(hostileId));
            await opened(page, `${address}#item=i4`);
            const name = await page.locator("h2").textContent();
            assertEquals(name, hostileName.replace("\u202e", "\\u202e"));
            await opened(page, `${address}#item=i0`);
            assertEquals(await page.locator("h2 img").getAttribute("src"), "images/0.png");

            await opened(page, `${address}#inside=&run=bands`);
            await page.locator("svg.spectrum").waitFor();
            const tables = await page.locator(".numbers caption").allTextContents();
            assert(tables.includes("energy of users"), `${tables}`);

            // Narrow and dark: nothing is wider than the window.
            const narrow = await watched(browser, errors, { width: 400, colorScheme: "dark" });
            for (const place of ["", "#user=u7&beside=filter", "#item=i4", "#inside="]) {
              await opened(narrow, address + place);
              assertEquals(
                await narrow.locator("html").evaluate((html) => html.scrollWidth),
                400,
                place,
              );
            }
            const ground = await narrow.locator("body").evaluate((body) =>
              body.ownerDocument.defaultView!.getComputedStyle(body).backgroundColor
            );
            assertEquals(ground, "rgb(22, 24, 28)");
          }),
      );
      assertEquals(errors, []);
    }),
});

Deno.test({
  name: `a page of a run that is no longer served says so, and mixes nothing${skipped}`,
  ignore: chromiumPath === undefined,
  fn: () =>
    withShownRuns(async ([, filter]) => {
      const content = { runs: [filter], withUsers: true, listLength: 20, isServed: true };
      let made = "first";
      const served = async (path: string) =>
        (await pageFiles({ ...content, made })).find((file) => file.path === path)?.bytes();
      await withServer(
        (path, query) =>
          !query || query === `?made=${made}` ? served(path) : Promise.resolve(undefined),
        (address) =>
          withChromium(async (browser) => {
            const page = await browser.newPage();
            await opened(page, `${address}#item=i0`);
            assertEquals(
              await page.locator("h2 img").getAttribute("src"),
              "images/0.png?made=first",
            );
            made = "second";
            await page.goto(`${address}#user=u7`);
            await page.locator(".failure", { hasText: "Reload the page" }).waitFor();
            await page.reload();
            await page.locator("h2", { hasText: "User u7" }).waitFor();
          }),
      );
    }),
});
