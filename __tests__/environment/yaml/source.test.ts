import { formatDiagnostic } from "../../../lib/environment";
import { YamlFile } from "../../../lib/environment/yaml/file";
import { EnvironmentSource } from "../../../lib/environment/yaml/source";
import { formatKey, SettingError, type SettingKey } from "../../../lib/schema/setting-key";

const fileOf = (name: string, ...lines: readonly string[]) =>
  new YamlFile(`environments/${name}.yaml`, lines.join("\n"));

const source = new EnvironmentSource(
  fileOf(
    "x",
    "# comment",
    "remote:",
    "  label: x",
    "aistore:",
    "  - namespace: a",
    "    name: b",
    "controller:",
    '  podLabels: {"a.b/c": d}',
  ),
);

describe("a diagnostic of a later stage", () => {
  test.each<[SettingKey, string]>([
    [["remote"], "2:1: remote"],
    [["remote", "label"], "3:3: remote.label"],
    [["aistore", 0], "5:5: aistore[0]"],
    [["aistore", 0, "name"], "6:5: aistore[0].name"],
    [["controller", "podLabels", "a.b/c"], '8:15: controller.podLabels["a.b/c"]'],
  ])("%j is at its key", (key, place) => {
    expect(formatDiagnostic(source.diagnostic(key, "is wrong"))).toBe(
      `environments/x.yaml:${place}: is wrong`,
    );
  });

  test("is there too when the document was let go of", () => {
    const before = source.diagnostic(["aistore", 0, "name"], "is wrong");
    source.release();
    expect(source.diagnostic(["aistore", 0, "name"], "is wrong")).toEqual(before);
  });

  test.each<[SettingKey, string]>([
    [["remote", "secret"], "2:1: remote.secret"],
    [["remote", "label", "a", 1], "3:3: remote.label.a[1]"],
    [["aistore", 1], "4:1: aistore[1]"],
    [["aistore", "name"], "4:1: aistore.name"],
    [["controller", "volumes", "extra"], "7:1: controller.volumes.extra"],
    [["host_network"], "2:1: host_network"],
    [["constructor"], "2:1: constructor"],
  ])("%j isn't set, and at what it would stand in", (key, place) => {
    expect(formatDiagnostic(source.diagnostic(key, "is wrong"))).toBe(
      `environments/x.yaml:${place}: is wrong`,
    );
  });

  test("is of no setting", () => {
    expect(formatDiagnostic(source.diagnostic([], "is wrong"))).toBe("environments/x.yaml:2:1: is wrong");
  });

  test("comes as a SettingError", () => {
    const error = new SettingError(["remote", "label"], "is wrong");
    expect(formatDiagnostic(source.diagnostic(error.key, error.message))).toBe(
      "environments/x.yaml:3:3: remote.label: is wrong",
    );
  });
});

describe("a key in words", () => {
  test.each<[SettingKey, string]>([
    [[], ""],
    [["a-b", "c_d", "E1"], "a-b.c_d.E1"],
    [["a", 0, 1, "b"], "a[0][1].b"],
    [["a b"], '"a b"'],
    [["a", "b.c", "1", "\n"], 'a["b.c"]["1"]["\\n"]'],
  ])("%j", (key, words) => {
    expect(formatKey(key)).toBe(words);
  });
});
