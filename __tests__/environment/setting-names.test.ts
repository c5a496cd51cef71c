import { namesIn, sections } from "../../lib/environment/setting-tree";
import { formatKey } from "../../lib/schema/setting-key";

describe("the names of the settings", () => {
  test.each([
    [["ui"], undefined, ["expose", "port"]],
    [["resources", "limits"], undefined, ["cpu", "memory"]],
    [["aistore"], undefined, namesIn(["aistore", 0])],
    [["destinations", "any", "tls"], undefined, ["ca_secret", "ca_key", "server_name"]],
    [["destinations", "any", "auth"], { type: "basic" }, ["type", "secret", "keys"]],
    [["secrets", "any"], { from: "vault" }, ["from", "mount", "path", "type", "auth", "refresh"]],
    [["destinations", "any", "headers"], undefined, []],
    [["destinations"], undefined, []],
    [["livedebugging"], undefined, []],
    [["none", "at", "all"], undefined, []],
    [["aistore", "name"], undefined, []],
  ])("below %j with %j", (key, value, names) => {
    expect(namesIn(key, value)).toEqual(names);
  });

  test("of a section that may be one of several are those of all, unless it says which it is", () => {
    const all = ["type", "secret", "scope", "token_url", "keys", "header", "scheme"];
    expect(namesIn(["destinations", "any", "auth"]).toSorted()).toEqual(all.toSorted());
    expect(namesIn(["destinations", "any", "auth"], { type: "none" }).toSorted()).toEqual(all.toSorted());
  });

  test.each([
    ["label", ["remote"]],
    ["server_name", ["aistore", "local.tls", "remote.tls"]],
    ["memory", ["resources.requests", "resources.limits"]],
    ["mount", []],
  ])("tell the sections that have %s", (name, keys) => {
    expect(
      sections()
        .filter((section) => namesIn(section).includes(name))
        .map(formatKey),
    ).toEqual(keys);
  });
});
