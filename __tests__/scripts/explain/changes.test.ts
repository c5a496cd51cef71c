import type { Data, LogLine, LogRecord } from "../../../lib/testing";
import { type Change, changesBetween } from "../../../scripts/explain/changes";

const none: Data = { logs: [], samples: [], records: [], points: [], spans: [], targets: [] };
const lines = (...logs: readonly LogLine[]): Data => ({ ...none, logs });
const records = (...all: readonly LogRecord[]): Data => ({ ...none, records: all });

const label = (name: string, value: string) => ({ group: "label", name, value });
const body = (value: string) => ({ group: "", name: "body", value });

test.each<[string, Data, Data, readonly Change[]]>([
  ["nothing", lines({ line: "a" }), lines({ line: "a", labels: {} }), []],
  [
    "a label is added, another changed, two are gone",
    lines({ line: "a", labels: { b: "1", c: "2", d: "3" } }),
    lines({ line: "a", labels: { b: "2", e: "4" } }),
    [
      { kind: "added", fact: label("e", "4") },
      { kind: "changed", fact: label("b", "2"), before: "1" },
      { kind: "removed", group: "label", names: ["c", "d"] },
    ],
  ],
  [
    "labels become attributes, as they were",
    lines({ line: "a", labels: { b: "1", c: "2" } }),
    records({ body: "a", attributes: { b: "1", c: "2" } }),
    [{ kind: "moved", from: "label", to: "attribute", names: ["b", "c"] }],
  ],
  [
    "what has another value has not been moved",
    records({ attributes: { b: "1" } }),
    records({ resource: { b: "2" } }),
    [
      { kind: "added", fact: { group: "resource", name: "b", value: "2" } },
      { kind: "removed", group: "attribute", names: ["b"] },
    ],
  ],
  [
    "two lines change alike",
    lines({ line: "a" }, { line: "a" }),
    lines({ line: "b" }, { line: "b" }),
    [{ kind: "changed", fact: body("b"), before: "a" }],
  ],
  [
    "two lines change, each in its way",
    lines({ line: "a" }, { line: "c" }),
    lines({ line: "b" }, { line: "d" }),
    [
      { kind: "changed", fact: body("b"), before: "a" },
      { kind: "changed", fact: body("d"), before: "c" },
    ],
  ],
  [
    "where one line of two is dropped, the other is as it was",
    lines({ line: "a" }, { line: "b" }),
    lines({ line: "b" }),
    [],
  ],
  [
    "several lines become one",
    lines({ line: "a" }, { line: "b" }),
    lines({ line: "a b" }),
    [{ kind: "changed", fact: body("a b"), before: "a" }],
  ],
  [
    "nothing is extracted where there is none",
    lines({ line: "a" }),
    lines({ line: "a", extracted: { b: null } }),
    [],
  ],
  ["what is dropped changes nothing else", lines({ line: "a" }), none, []],
  [
    "a severity",
    records({ body: "E" }),
    records({ body: "E", severityNumber: 17, severityText: "ERROR" }),
    [{ kind: "added", fact: { group: "", name: "severity", value: "ERROR (17)" } }],
  ],
])("%s", (_, before, after, changes) => {
  expect(changesBetween(before, after)).toEqual(changes);
});
