import { assertEquals } from "@std/assert";
import type { Explanation } from "../../explain/explanation.ts";
import { explanationText, itemName } from "../../explain/explanation_text.ts";
import { partWords, speaking } from "../../explain/part_words.ts";

const base: Explanation = {
  ...{ user: "ann", item: "B1", score: 2, basis: "model", taken: 3, breakdowns: [] },
};
const own = {
  isExact: true,
  rule: "history",
  others: { count: 0, value: 0 },
  base: 0,
  remainder: 0,
};
const names: Record<string, string> = { B2: "Red hat", B3: "Blue\nscarf" };
const nameOf = (item: string | number) => names[item];

Deno.test("explanationText() says which modality and which band, and which items taken", () => {
  const parts = [
    { name: "id low × low", modality: "id", user: "low", item: "low", value: 0.5 },
    {
      name: "image middle × middle",
      modality: "image",
      user: "middle",
      item: "middle",
      value: 1.2,
    },
    { name: "image low × high", modality: "image", user: "low", item: "high", value: 0.3 },
  ];
  const why: Explanation = {
    ...base,
    breakdowns: [
      { by: "modality", parts: [{ name: "id", value: 0.5 }, { name: "image", value: 1.5 }] },
      { by: "band", parts: parts.map(({ modality: _, ...part }) => part) },
      { by: "band and modality", parts },
    ],
    own: {
      ...own,
      rule: "history",
      parts: [{ item: "B2", value: 1.5 }, { item: "B3", value: 0.5 }],
    },
  };
  assertEquals(explanationText(why, nameOf), [
    "Mostly its image (75 %).",
    "Its image speaks mostly in the middle band.",
    "Of what ann took, Red hat (B2) (75 %) and Blue scarf (B3) (25 %) speak for it most.",
  ]);
});

Deno.test("explanationText() says what speaks against an item, and what an approximation leaves over", () => {
  const why: Explanation = {
    ...base,
    breakdowns: [{
      by: "view",
      parts: [
        { name: "behaviour × behaviour", user: "behaviour", item: "behaviour", value: 1 },
        { name: "image × behaviour", user: "image", item: "behaviour", value: 0.8 },
        { name: "fusion × fusion", user: "fusion", item: "fusion", value: 0.7 },
        { name: "image × text", user: "image", item: "text", value: -0.9 },
      ],
    }],
    own: {
      ...own,
      ...{ rule: "fold-in", isExact: false, remainder: 0.25 },
      parts: [{ item: "B2", value: 1 }, { item: "B4", value: -0.75 }],
    },
  };
  assertEquals(explanationText(why, nameOf), [
    "First of all its interactions (40 %), then its interactions against the user's image (32 %) and " +
    "its modalities together (28 %); its text against the user's image speaks against it most.",
    "Of what ann took, Red hat (B2) (100 %) speaks for it most.",
    "B4 speaks against it.",
    "By items this is an approximation: it leaves 0.25 of 2 over.",
  ]);
});

Deno.test("explanationText() gives no small part as the reason of a score below 0", () => {
  const part = (name: string, value: number) => ({ name, value, modality: name });
  const both = ["id", "words"].map((modality) => ({
    ...{ name: `${modality} low × low`, user: "low", item: "low", modality },
    value: modality === "id" ? 0.1 : -0.5,
  }));
  const why: Explanation = {
    ...{ ...base, score: -0.4 },
    breakdowns: [
      { by: "modality", parts: [part("id", 0.1), part("words", -0.5)] },
      { by: "band and modality", parts: both },
    ],
  };
  assertEquals(explanationText(why), [
    "More speaks against it than for it: its words most of all.",
  ]);
});

Deno.test("explanationText() names the first of many parts that are alike", () => {
  const parts = Array.from({ length: 40 }, (_, n) => ({ name: `part ${n}`, value: 1 }));
  const why: Explanation = { ...base, breakdowns: [{ by: "filter", parts }] };
  assertEquals(explanationText(why), ["First of all the part 0 (3 %)."]);
});

Deno.test("explanationText() says where a score comes from that the model does not give", () => {
  assertEquals(explanationText({ ...base, basis: "popular", score: 3 }), [
    "The model knows nothing of ann: the score is the number of users who took the item, 3.",
  ]);
  const nearest = ["B2", "B3", "B4", "B5"].map((item) => ({ item, score: 1 }));
  assertEquals(explanationText({ ...base, nearest }, nameOf), [
    "Nobody has taken it in train: it is scored as the items nearest to it by features, Red hat (B2), " +
    "Blue scarf (B3), B4 and 1 more.",
  ]);
  const everybody: Explanation = {
    ...base,
    user: undefined,
    own: { ...own, rule: "history", base: 2, parts: [{ item: "B2", value: 0 }] },
  };
  assertEquals(explanationText(everybody), [
    "Most of the score does not depend on what was taken.",
  ]);
  const none = [{ by: "modality", parts: [{ name: "id", value: -1 }] }] as const;
  assertEquals(explanationText({ ...base, breakdowns: none }), [
    "By modality, nothing speaks for it: all parts are 0 or below.",
  ]);
});

Deno.test("explanationText() says what members of a blend say", () => {
  const member = { model: "gfcf", weight: 0.5, score: 1, mean: 0, deviation: 1 };
  const why: Explanation = {
    ...base,
    breakdowns: [{ by: "member", parts: [{ name: "one", value: 2 }, { name: "two", value: 1 }] }],
    members: [{
      ...{ ...member, member: "one" },
      breakdowns: [{
        by: "filter",
        parts: [{ name: "taken together", value: 1 }, { name: "similar image", value: 3 }],
      }],
    }, { ...member, member: "two", breakdowns: [] }],
  };
  assertEquals(explanationText(why), [
    "Mostly the member one (67 %).",
    "In one: mostly its likeness in image (75 %).",
  ]);
});

Deno.test("explanationText() obeys nothing in ids and names", () => {
  const why: Explanation = { ...base, user: "a\x1b[2Jb", basis: "popular" };
  assertEquals(explanationText(why)[0].includes("\x1b"), false);
  assertEquals(itemName("B\x07", () => "x\u202ey"), "x\\u202ey (B\\u0007)");
  const long = itemName("B1", () => "word ".repeat(40));
  assertEquals([long.length <= 60, long.endsWith("… (B1)")], [true, true]);
});

Deno.test("partWords() has words for parts of every kind", () => {
  const value = 1;
  const words = (by: Parameters<typeof partWords>[0], name: string, user?: string, item?: string) =>
    partWords(by, { name, user, item, value });
  assertEquals(words("modality", "id"), "its interactions");
  assertEquals(words("modality", "bias"), "a bonus that all items get");
  assertEquals(
    words("band", "low × high", "low", "high"),
    "its high band against the user's low band",
  );
  assertEquals(
    words("view", "image neighbours", undefined, "image neighbours"),
    "the items most like it in image",
  );
  assertEquals(
    words("hop", "2 hops × 1 hop", "2 hops", "1 hop"),
    "the people who took it matched with people who took the same",
  );
  assertEquals(
    words("hop", "own row × own row", "own row", "own row"),
    "the item itself matched with the user",
  );
  assertEquals(
    words("hop", "3 hops × 4 hops", "3 hops", "4 hops"),
    "what is 4 hops from it matched with what is 3 hops from the user",
  );
  assertEquals(words("filter", "polynomial"), "the polynomial");
  assertEquals(words("member", "mine"), "the member mine");
});

Deno.test("speaking() has the verb that fits", () => {
  const words = [
    "its image",
    "its words",
    "its likeness in words",
    "the people who took it matched with the user",
  ];
  assertEquals(words.map((one) => speaking(one).endsWith(" speak")), [false, true, false, true]);
});
