import { scripts } from "../../../package.json";
import { explainUsage, parseExplainOptions } from "../../../scripts/explain/options";

const line = ["ais-qa", "--line", "E x"];
const pod = ["--pod", "ais/ais-target-0"];

test("the least is an environment, a line and a pod", () => {
  expect(parseExplainOptions([...line, ...pod])).toEqual({
    environments: "environments",
    environment: "ais-qa",
    lines: ["E x"],
    pod: { namespace: "ais", name: "ais-target-0", labels: new Map(), node: "node-1" },
  });
});

test("all else of the pod can be said", () => {
  const words = [
    ...["--container", "c", "--image", "i:1", "--controller", "DaemonSet/d", "--node", "n"],
    ...["--label", "a=b.c", "--label", "app.kubernetes.io/name="],
  ];
  expect(parseExplainOptions([...line, ...pod, ...words])?.pod).toEqual({
    namespace: "ais",
    name: "ais-target-0",
    container: "c",
    image: "i:1",
    controller: { kind: "DaemonSet", name: "d" },
    node: "n",
    labels: new Map([
      ["a", "b.c"],
      ["app.kubernetes.io/name", ""],
    ]),
  });
});

test("what a container writes is lines", () => {
  const lines = (text: string) => parseExplainOptions(["x", "--line", text, "--line", "z", ...pod])?.lines;
  expect(lines("a\nb\r\n")).toEqual(["a", "b", "z"]);
  expect(lines("a\n\nb")).toEqual(["a", "", "b", "z"]);
  expect(lines("")).toEqual(["", "z"]);
});

test("an environment may be named by its file", () => {
  const named = (...words: readonly string[]) => parseExplainOptions([...words, "--line", "x", ...pod]);
  expect(named("environments/a.yaml")?.environment).toBe("a");
  expect(named("f/a.yaml", "--environments", "f")).toMatchObject({ environments: "f", environment: "a" });
});

test.each([
  ["no environment", ["--line", "x", ...pod], "the environment is missing; write it first, such as ais-qa"],
  [
    "a line without quotes",
    ["ais-qa", "--line", "E", "10:00", ...pod],
    "ais-qa 10:00: are several environments; write one, and quotes around a line",
  ],
  ["no line", ["ais-qa", ...pod], "the line is missing; write --line 'what it wrote'"],
  ["no pod", line, "the pod is missing; write --pod NAMESPACE/NAME"],
  ["a pod without a namespace", [...line, "--pod", "x"], "--pod x: is not of the form NAMESPACE/NAME"],
  ["a pod with more", [...line, "--pod", "a/b/c"], "--pod a/b/c: is not of the form NAMESPACE/NAME"],
  ["a label without a key", [...line, ...pod, "--label", "=b"], "--label =b: is not of the form KEY=VALUE"],
  ["a label alone", [...line, ...pod, "--label", "a"], "--label a: is not of the form KEY=VALUE"],
  [
    "a namespace in capitals",
    [...line, "--pod", "AIS/a"],
    '--pod: AIS is no DNS label; write at most 63 lower-case letters, digits and "-", a letter or digit at both ends',
  ],
  [
    "a container with a dot",
    [...line, ...pod, "--container", "a.b"],
    '--container: a.b is no DNS label; write at most 63 lower-case letters, digits and "-", a letter or digit at both ends',
  ],
  [
    "a node with an underscore",
    [...line, ...pod, "--node", "node_1"],
    '--node: node_1 is no name of a Kubernetes object; write at most 253 lower-case letters, digits, "-" and ".", a letter or digit at both ends',
  ],
  [
    "a label with a second =",
    [...line, ...pod, "--label", "a=b=c"],
    "--label: b=c is no value of a label; write at most 63 letters, digits and - _ . between them",
  ],
  [
    "a controller without a name",
    [...line, ...pod, "--controller", "Job/"],
    "--controller Job/: is not of the form KIND/NAME",
  ],
])("%s is said", (_, words, message) => {
  expect(() => parseExplainOptions(words)).toThrow(expect.objectContaining({ name: "UsageError", message }));
});

test("help tells of all options", () => {
  expect(parseExplainOptions(["--help"])).toBeUndefined();
  const told = [...explainUsage.matchAll(/^ {2}--(\w+)/gm)].map(([, option]) => option);
  expect(told).toEqual([
    "line",
    "pod",
    "container",
    "image",
    "controller",
    "label",
    "node",
    "environments",
    "help",
  ]);
  expect(Object.keys(scripts)).toContain("explain");
});
