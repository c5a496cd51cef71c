import { groupBy, Remembered, sortedSet } from "../../lib/schema";

test("groups are in the order of the first of each", () => {
  const groups = groupBy(["b1", "a1", "b2"], ([letter = ""]) => letter);
  expect([...groups]).toEqual([
    ["b", ["b1", "b2"]],
    ["a", ["a1"]],
  ]);
});

test("a sorted set has each text once", () => {
  expect(sortedSet(["b", "a", "b"])).toEqual(["a", "b"]);
});

describe("what is remembered", () => {
  const full = () => new Remembered<number>(2).set("a", 1).set("b", 2);

  test("is forgotten as a whole when there is no room for more", () => {
    expect([...full().set("c", 3)]).toEqual([["c", 3]]);
  });

  test("stays when what is known is found anew", () => {
    expect([...full().set("b", 3)]).toEqual([
      ["a", 1],
      ["b", 3],
    ]);
  });
});
