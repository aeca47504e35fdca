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

Deno.test("tokenise() keeps decimals whole, and has a number with its unit as a word besides", () => {
  assertEquals(tokenise("500 ml, 500ml, 1.5 L, 1,5l"), [
    ...["500", "500ml", "ml", "500ml", "1.5", "1.5l", "l", "1.5l"],
  ]);
  assertEquals(tokenise("4K M8 3.0 USB-3"), ["4k", "m8", "3.0", "usb", "3"]);
  assertEquals(tokenise("3 in 1, a kg, ml 5"), ["3", "in", "1", "a", "kg", "ml", "5"]);
  assertEquals(tokenise("38,39,40 1.2.3 2,5,"), ["38", "39", "40", "1", "2", "3", "2.5"]);
  assertEquals(tokenise("容量 1.5 L 水筒"), ["容量", "1.5", "1.5l", "l", "水筒"]);
});

Deno.test("tokenise() divides Chinese and Thai", () => {
  assertEquals(tokenise("无线鼠标")[0], "无线");
  assertEquals(tokenise("รองเท้าผ้าใบ"), ["รองเท้า", "ผ้าใบ"]);
});
