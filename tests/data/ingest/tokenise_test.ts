import { assertEquals } from "@std/assert";
import { tokenise } from "../../../data/ingest/tokenise.ts";

Deno.test("tokenise() gives runs of letters and digits in lower case", () => {
  assertEquals(tokenise(" Park-Tool FR1, 2nd & 3rd!\n"), ["park", "tool", "fr1", "2nd", "3rd"]);
  assertEquals(tokenise("😀 ... —"), []);
  assertEquals(tokenise(""), []);
});

Deno.test("tokenise() takes forms of a letter that look the same for the same", () => {
  assertEquals(tokenise("cafe\u0301 ﬁne Ｗｉｄｅ"), ["caf\u00e9", "fine", "wide"]);
  assertEquals(tokenise("हिन्दी ЁЖ"), ["हिन्दी", "ёж"]);
});

Deno.test("tokenise() divides scripts that put no spaces between words", () => {
  assertEquals(tokenise("無線マウス USB対応"), ["無線", "マウス", "usb", "対応"]);
});

Deno.test("tokenise() takes the Turkish letters İ and ı for the i of other languages", () => {
  assertEquals(tokenise("İPEK DERİ KIŞLIK"), tokenise("ipek deri kışlık"));
  assertEquals(tokenise("Iris"), ["iris"]);
});
