import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { scripts } from "../../package.json";
import { least } from "../scripts/plan/planned";
import { Project } from "../scripts/plan/project";

const page = readFileSync("docs/plan.md", "utf8");
const [github, gitlab] = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = ""]) => parse(block));

/** What each forge runs, line by line. */
const lines: Readonly<Record<string, readonly string[]>> = {
  "GitHub Actions": github.jobs.plan.steps.flatMap(({ run }: { readonly run?: string }) => run ?? []),
  "GitLab CI": gitlab.plan.script,
};

describe.each(Object.entries(lines))("the step of %s", (_, all) => {
  test("runs commands that there are, and holds that what is merged is what was planned", () => {
    const named = all.flatMap((line) => /^npm run (?:--silent )?([\w:]+)/.exec(line)?.[1] ?? []);
    expect(named).toEqual(["synth", "plan"]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
    expect(all).toContain("npm run synth -- --check");
  });
});

test("each has what the plan is written to, and the whole history", () => {
  expect(github.jobs.plan.steps[0].with["fetch-depth"]).toBe(0);
  expect(gitlab.plan.variables.GIT_DEPTH).toBe(0);
  expect(gitlab.plan.artifacts.paths).toEqual(["plan.md"]);
});

describe("the line that plans", () => {
  let project: Project;
  let variables: NodeJS.ProcessEnv;
  beforeAll(() => {
    project = new Project({ a: least });
    project.git("update-ref", "refs/remotes/origin/main", "HEAD");
    variables = { GITHUB_BASE_REF: "main", CI_MERGE_REQUEST_DIFF_BASE_SHA: project.git("rev-parse", "HEAD") };
    project.write("environments/a.yaml", `${least}max_unavailable: 1\n`);
    project.synth();
    project.commit();
  });
  // Each command starts node anew.
  jest.setTimeout(120_000);

  afterAll(() => project.remove());

  const plan = (all: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    rmSync(join(project.path, "plan.md"), { force: true });
    const line = all.find((one) => one.includes(" plan ")) ?? "";
    return project.run("bash", ["-eo", "pipefail", "-c", line], { ...variables, ...more });
  };

  test.each(Object.entries(lines))("of %s writes Markdown, and goes on where something changes", (_, all) => {
    expect(plan(all)).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(join(project.path, "plan.md"), "utf8")).toMatch(
      /^## Plan: 1 of 1 environment changes\n\n### a: DaemonSet; no pod restarts\n/,
    );
  });

  test.each(Object.entries(lines))("of %s fails in trouble", (_, all) => {
    const elsewhere = { GITHUB_BASE_REF: "none", CI_MERGE_REQUEST_DIFF_BASE_SHA: "none" };
    const { status, stderr } = plan(all, elsewhere);
    expect(status).not.toBe(0);
    expect(stderr).toContain("is neither a folder nor a commit of git");
    expect(existsSync(join(project.path, "plan.md"))).toBe(true);
  });
});
