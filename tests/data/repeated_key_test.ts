import { assertEquals } from "@std/assert";
import { repeatedKey } from "../../data/repeated_key.ts";

Deno.test("repeatedKey() finds the key that an object has twice", () => {
  assertEquals(repeatedKey('{"a":1,"a":2}'), "a");
  assertEquals(repeatedKey('{"a":[{"b":{}, "c":1 , "b" : 2}]}'), "b");
  assertEquals(repeatedKey('{"\\"":1,"\\u0022":2}'), '"');
  assertEquals(repeatedKey('{"":1,"":2}'), "");
});

Deno.test("repeatedKey() takes the keys of different objects, and values, for what they are", () => {
  for (
    const text of [
      '{"a":{"a":1},"b":{"a":1}}',
      '[{"a":1},{"a":1}]',
      '{"a":"b","b":"a"}',
      '{"a":["a","a"],"b":["a"]}',
      '{"a":"{\\"a\\":1,\\"a\\":1}","b\\\\":"\\\\","c":"}"}',
      "3",
      '"a"',
    ]
  ) {
    assertEquals(repeatedKey(text), undefined, text);
  }
});
