import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  HelmFailure,
  helmVersion,
  noRender,
  readRender,
  runHelm,
  startHelm,
} from "../../../lib/chart/render/helm";
import { ChartError, RefusedValuesError } from "../../../lib/chart/render/names";
import { inputOf } from "../fixtures/small-chart";

describe("a run of helm", () => {
  const folder = mkdtempSync(join(tmpdir(), "helm-"));
  const known = process.env.HELM;

  afterAll(() => {
    rmSync(folder, { recursive: true });
    if (known === undefined) {
      delete process.env.HELM;
    } else {
      process.env.HELM = known;
    }
  });

  /** Has a script stand for helm: what is tested is what becomes of its output, its errors and its end. */
  function standIn(script: string, mode = 0o755): void {
    process.env.HELM = join(folder, `helm-${mode}`);
    rmSync(process.env.HELM, { force: true });
    writeFileSync(process.env.HELM, `#!/bin/sh\n${script}\n`, { mode });
  }

  const ways: readonly (readonly [string, (args: readonly string[], input?: string) => Promise<string>])[] = [
    ["runHelm", async (args, input) => runHelm(args, input)],
    ["startHelm", startHelm],
  ];
  describe.each(ways)("by %s", (_, run) => {
    test("gets arguments and input, and gives what helm prints, warnings left out", async () => {
      standIn('echo "WARNING: a" >&2; echo "$# $2"; cat');
      expect(await run(["template", "it's"], "values")).toBe("2 it's\nvalues");
    });

    test("takes more output than a pipe holds, and input that helm does not read", async () => {
      standIn("head -c 3000000 /dev/zero | tr '\\0' x");
      expect(await run([], "y".repeat(1_000_000))).toHaveLength(3_000_000);
    });

    test.each([
      ["Error: no such chart", "no such chart"],
      [
        "WARNING: old\nError: bad values\non two lines\n\nUse --debug flag to render out",
        "bad values\non two lines",
      ],
      ["killed", "killed"],
    ])("fails in helm's own words: %j", async (said, message) => {
      standIn(`cat >&2 <<'END'\n${said}\nEND\nexit 1`);
      await expect(run([])).rejects.toThrow(new HelmFailure(message));
    });

    test("says how to get a helm that is not there", async () => {
      process.env.HELM = "/nonexistent/helm";
      await expect(run([])).rejects.toThrow(
        new ChartError(
          "there is no command /nonexistent/helm; install Helm 3 or 4 (https://helm.sh/docs/intro/install/), or name it in the environment variable HELM",
        ),
      );
    });

    test("says when it cannot be run", async () => {
      standIn("", 0o644);
      await expect(run([])).rejects.toThrow(/^cannot run .*helm-420: .*EACCES/);
    });
  });

  test("tells its version", () => {
    standIn('[ "$*" = "version --template {{.Version}}" ] && echo v4.3');
    expect(helmVersion()).toBe("v4.3");
  });
});

describe("what a chart renders", () => {
  const input = inputOf({ name: "small", version: "1.0.0", digest: "00", repository: "" });

  test("is read as objects", () => {
    const [service] = readRender("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n", input);
    expect(service).toMatchObject({ kind: "Service", name: "a" });
  });

  test.each([
    [
      "kind: Service\n",
      /^chart small 1\.0\.0 with these values: not a Kubernetes object .*: a Service with kind$/,
    ],
    ["a: [\n", /^chart small 1\.0\.0 with these values: .* at line 2, column 1$/],
  ])("is refused where it comes of values that the chart does not check: %j", (text, message) => {
    expect(() => readRender(text, input)).toThrow(RefusedValuesError);
    expect(() => readRender(text, input)).toThrow(message);
  });

  test("is nothing, told with the values, where it refuses them", () => {
    const error = noRender({ ...input, values: { b: 1, a: ["x"] } }, new HelmFailure("a: too short"));
    expect(error).toEqual(
      new RefusedValuesError(
        'chart small 1.0.0 refuses its values: a: too short; its values: {"a":["x"],"b":1}',
      ),
    );
  });

  test("is nothing for another reason, which is left as it is", () => {
    const error = new Error("other");
    expect(noRender(input, error)).toBe(error);
  });
});
