import { compare } from "./compare";

function service(name: string, port: number, namespace = ""): string {
  const place = namespace === "" ? "" : `, namespace: ${namespace}`;
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}${place}}\nspec: {port: ${port}}\n`;
}

test("objects are new, gone or changed, in the alphabet's order, and those that stay as they are go unnamed", () => {
  const before = [`${service("same", 1)}---\n${service("old", 1)}`, service("changed", 1, "b")];
  const after = [
    service("changed", 2, "b"),
    service("new", 1),
    service("same", 1),
    service("changed", 1, "a"),
  ];
  expect(compare(before, after)).toEqual([
    { object: "Service changed in a", change: "added", fields: [] },
    {
      object: "Service changed in b",
      change: "changed",
      fields: [{ path: "spec.port", before: 1, after: 2 }],
    },
    { object: "Service new", change: "added", fields: [] },
    { object: "Service old", change: "removed", fields: [] },
  ]);
});
