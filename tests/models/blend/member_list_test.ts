import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../errors.ts";
import { blendTexts, membersOf, type WeightedMember } from "../../../models/blend/member_list.ts";

const members: WeightedMember[] = [
  {
    run: 'a,"b',
    model: "ease",
    seed: 3,
    settings: { ridge: 5, weights: "image=1,text=2" },
    weight: 0.35,
  },
  { run: "c", model: "smore", seed: 0, settings: { standardise: true }, weight: 0.65 },
];

Deno.test("membersOf() gives what blendTexts() was given", () => {
  assertEquals(membersOf(blendTexts(members)), members);
});

Deno.test("membersOf() refuses what no blend has", () => {
  const texts = blendTexts(members);
  const cases = [
    { ...texts, members: "[" },
    { ...texts, members: "{}" },
    { members: "[]", weights: "" },
    { ...texts, members: texts.members.replace('"seed":3', '"seed":"3"') },
    { ...texts, members: texts.members.replace('"model"', '"modle"') },
    { ...texts, weights: "1" },
    { ...texts, weights: "0.5,half" },
    { ...texts, weights: "-0.5,1.5" },
    { ...texts, weights: "0,0" },
  ];
  for (const one of cases) {
    assertThrows(() => membersOf(one), UsageError, "Cannot use the members", JSON.stringify(one));
  }
});
