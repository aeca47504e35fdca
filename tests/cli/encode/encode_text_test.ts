import { assertEquals } from "@std/assert";
import { encodedText, encodingStatus, statusText } from "../../../cli/encode/encode_text.ts";

const found = {
  inputs: Array.from({ length: 9 }, (_, n) => ({ id: `i${n}`, content: `i${n}.png` })),
  ...{ empty: ["e"], unknown: 3, repeated: 2, sources: [], rowsAre: "by name", remarks: ["Odd"] },
};

Deno.test("encodedText() counts what was left out, and names the first of it", () => {
  const unusable = found.inputs.slice(0, 7).map((input, n) => ({
    input,
    reason: n === 0 ? "It is damaged" : `Cannot read "${input.content}": gone`,
  }));
  assertEquals(encodedText("images", found, unusable, 1), [
    "Encoded 2 images, by name; 1 row computed now; 1 item without any; 2 rows of an item that " +
    "has one before",
    "Odd",
    "7 images cannot be used, and the items count as having none:",
    '  item "i0": "i0.png": It is damaged',
    ...[1, 2, 3, 4].map((n) => `  item "i${n}": Cannot read "i${n}.png": gone`),
    "  and 2 more",
  ]);
});

Deno.test("statusText() tells the time left by what was computed, where anything was", () => {
  const status = { done: 1500, inputs: 3000, computed: 500 };
  assertEquals(statusText("text", status, 100), "1,500 of 3,000 texts, 5.0 a second, 5 min left");
  const kept = { ...status, computed: 0 };
  assertEquals(statusText("images", kept, 100), "1,500 of 3,000 images");
});

Deno.test("encodingStatus() shows a line now and then, and more often on a terminal", () => {
  for (const [columns, every] of [[80, 200], [undefined, 30_000]] as const) {
    let time = 0;
    const shown: string[] = [];
    const progress = {
      show: (text: (columns?: number) => string | undefined) => void text(columns),
      status: (text: string) => shown.push(text),
    };
    const tell = encodingStatus(
      { ...progress, status: (text) => void progress.status(text) },
      "text",
      () => time,
    );
    for (const at of [every / 2, every, every * 1.5, every * 2]) {
      time = at;
      tell({ done: 1, inputs: 2, computed: 0 });
    }
    assertEquals(shown.length, 2, `${columns}`);
  }
});
