import { groupsOf } from "../../../scripts/plan/report/groups";
import { markdownOf } from "../../../scripts/plan/report/markdown";
import { changesOf, fleetOf, least, planned, plannedMarkdown } from "./planned";

const network = (settings: string) => `${settings}host_network: true\n`;

test("sentences are lists, what is gained and lost is open, and the rest is folded", () => {
  expect(
    plannedMarkdown({ lab: least }, { lab: `${least}ui: {expose: true}\nresources: {limits: {cpu: '4'}}\n` }),
  ).toBe(`## Plan: summary

### lab: DaemonSet, NetworkPolicy; pods restart

**Pods**

- DaemonSet alloy restarts its pods, 10% at a time, each ready for 10 s

**Data at risk**

- what waits in memory (otelcol.exporter.otlphttp local_metrics, local_logs) is sent once more as an agent ends, and lost if it isn't taken

**Access**

\`\`\`diff
+ connections from everywhere at TCP 12345
\`\`\`

<details><summary>Objects</summary>

\`\`\`diff
~ DaemonSet alloy
~     spec.template.spec.containers[alloy].env[GOMAXPROCS].value: "2" → "4"
~     spec.template.spec.containers[alloy].resources.limits.cpu: "2" → "4"
~ NetworkPolicy alloy
~     metadata.annotations["alloy-config/required-by"]: follows
+     spec.ingress: [{ports: [{port: 12345, protocol: TCP}]}]
\`\`\`

</details>
`);
});

test("environments are listed, and where they differ each is told", () => {
  const pace = (_: string, index: number) => `${least}max_unavailable: ${index + 1}\n`;
  expect(
    plannedMarkdown(
      fleetOf(5, () => least),
      fleetOf(5, pace),
    ),
  ).toBe(`## Plan: summary

### 5 environments: DaemonSet; no pod restarts

\`lab-01\`, \`lab-02\`, \`lab-03\`, \`lab-04\`, \`lab-05\`

**Pods**

- no pod restarts, and none reloads its config

<details><summary>Objects</summary>

\`\`\`diff
~ DaemonSet alloy
~     spec.updateStrategy.rollingUpdate.maxUnavailable: 10% → ‹1›
\`\`\`

</details>

<details><summary>By environment</summary>

| Environment | ‹1› |
| ----------- | --- |
| \`lab-01\`    | \`1\` |
| \`lab-02\`    | \`2\` |
| \`lab-03\`    | \`3\` |
| \`lab-04\`    | \`4\` |
| \`lab-05\`    | \`5\` |

</details>
`);
});

test("values can't end a block, nor be taken for markup", () => {
  const text = plannedMarkdown({ lab: least }, { lab: least }, (file, manifest) =>
    file.startsWith("Service.")
      ? manifest.replace("metadata:\n", 'metadata:\n  annotations: {a: "```\\n</details> @all", "b`c": x}\n')
      : manifest,
  );
  expect(text).toContain("````diff\n~ Service alloy\n");
});

describe("where a comment doesn't hold all", () => {
  const groups = groupsOf(
    changesOf({ a: least, b: least }, { a: network(least), b: `${least}max_unavailable: 1\n` }),
  );
  const full = markdownOf(groups, "x");

  test("what is folded of the last groups is left out first, and that is said", () => {
    const shorter = markdownOf(groups, "x", full.length - 100);
    expect(shorter).toContain("<summary>Objects</summary>");
    expect(shorter.match(/<summary>/g)?.length).toBeLessThan(full.match(/<summary>/g)?.length ?? 0);
    expect(shorter).toMatch(
      /\*A comment holds no more: of 1 group some is left out\. `npm run plan` tells it all\.\*\n$/,
    );
    expect(full).not.toContain("holds no more");
  });

  test("headlines are left at last", () => {
    expect(markdownOf(groups, "x", 1).split("\n\n").slice(0, 3)).toEqual([
      "## Plan: x",
      expect.stringMatching(/^### a/),
      expect.stringMatching(/^### b/),
    ]);
  });
});

test("of more environments than can be read in a line, all names are folded, and a sentence has the first", () => {
  const pace = (_: string, index: number) => (index < 22 ? `${least}max_unavailable: 50%\n` : least);
  const slower = (name: string, index: number) => `${pace(name, index)}images: {agent: v1.18.0}\n`;
  const [before, after] = [fleetOf(44, pace), fleetOf(44, slower)];
  const text = plannedMarkdown(before, after);
  const all = Object.keys(before).map((name) => `\`${name}\``);
  expect(text).toContain(`<details><summary>Environments</summary>\n\n${all.join(", ")}\n\n</details>`);
  expect(text).toContain("- in lab-01, lab-02, lab-03 and 19 more: DaemonSet alloy restarts");
  expect(planned(before, after)).toMatch(/^44 environments: .*\n {2}lab-01, lab-02, lab-03 and 41 more\n/);
  // Names are what is left out first: a headline has their number.
  const short = markdownOf(groupsOf(changesOf(before, after)), "summary", text.length - 100);
  expect(short).not.toContain("<summary>Environments");
  expect(short).toContain("of 1 group some is left out");
});
