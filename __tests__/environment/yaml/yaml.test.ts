import { diagnosticsOf, environmentOf, least } from "../reading";

describe("YAML", () => {
  test.each([[""], ["# only a comment"], ["~"]])("%j is empty", (text) => {
    expect(diagnosticsOf(text)).toEqual([
      "x.yaml:1:1: is empty; write its settings, at least container_runtime and local.endpoint",
    ]);
  });

  test.each([
    ["- a", "a list"],
    ["settings", "a string"],
    ["12", "a number"],
  ])("%j holds no settings", (text, kind) => {
    expect(diagnosticsOf(text)).toEqual([
      `x.yaml:1:1: must be a map of settings, is ${kind}; write each as \`name: value\`, container_runtime first`,
    ]);
  });

  test.each([
    [
      "a: b: c",
      "1:4: has a colon and a space, by which it is a key; put the value in quotes, or write the key in a line of its own",
    ],
    ["a: [b", "1:4: opens a [ that is not closed; write ]"],
    ["a: @b", "1:4: begins with @, which has a meaning in YAML; put the value in quotes"],
    ["\ta: b", "1:1: is indented by a tab; use spaces"],
    ["[".repeat(2000), expect.stringMatching(/^1:\d+: is nested too deeply; write it flatter$/)],
  ])("mistake %# can't be read past", (text, says) => {
    const [only, ...others] = diagnosticsOf(text);
    expect(only?.replace(/^x\.yaml:/, "")).toEqual(says);
    expect(others).toEqual([]);
  });

  test.each([
    [
      "mount_propagation: !vault None",
      "5:20: has a tag, which means nothing here; write the value without it",
    ],
    [
      "remote: {{ .Values.a }}",
      "5:10: remote: has a list or map as a key, as {{ }} makes one; write a name before the colon",
    ],
    [": a", "5:1: has nothing as a key; write a name before the colon"],
    [
      "__proto__: a",
      "5:1: __proto__: is a word of JavaScript, by which nothing can be named here; write another",
    ],
    [
      "remote: {label: .nan}",
      "5:17: remote.label: is no finite number; write a number, or quotes for a string",
    ],
    [
      'remote: {label: "\\ud83d"}',
      "5:17: remote.label: holds half of a UTF-16 pair; write the whole character",
    ],
    [
      "remote: {label: *no}",
      "5:17: remote.label: is an alias of an anchor that isn't above it; write &no before the value meant",
    ],
    [
      "api_server_ports: [443, *no]",
      expect.stringMatching(/^5:25: api_server_ports\[1\]: is an alias of an/),
    ],
    ["---", "5:1: begins a second document; write a file for each environment, or remove this line"],
  ])("mistake %# is told beside others", (text, says) => {
    const other = "x.yaml:4:1: livedebugging: must be true or false, is a string; write true or false";
    const [first, second, ...more] = diagnosticsOf(...least, "livedebugging: maybe", text);
    expect(first).toBe(other);
    expect(second?.replace(/^x\.yaml:/, "")).toEqual(says);
    expect(more).toEqual([]);
  });

  test("what is nested too deeply is as if it were nothing", () => {
    const deep = `ethtool: {device_include: ${"[".repeat(200)}${"]".repeat(200)}}`;
    expect(diagnosticsOf(...least, deep)).toEqual([
      "x.yaml:4:11: ethtool.device_include: must be a string, is a list; write one value",
      "x.yaml:4:126: is nested deeper than 100 levels; write it flatter",
    ]);
  });

  test("several documents", () => {
    expect(diagnosticsOf(...least, "---", ...least)).toEqual([
      "x.yaml:4:1: begins a second document; write a file for each environment, or remove this line",
    ]);
    expect(diagnosticsOf("---", ...least, "...")).toEqual([]);
  });

  test("duplicate keys, beside the other mistakes", () => {
    expect(
      diagnosticsOf(...least, "local:", "  endpoint: http://a", "  endpoint: http://b", "cluster: a"),
    ).toEqual([
      "x.yaml:4:1: local: is set twice, first in line 2; remove one of the two",
      "x.yaml:6:3: local.endpoint: is set twice, first in line 5; remove one of the two",
      expect.stringMatching(/^x\.yaml:7:1: cluster: is no setting; /),
    ]);
    expect(diagnosticsOf(...least, "remote:", "  label: a", '  "label": a')).toEqual([
      "x.yaml:6:3: remote.label: is set twice, first in line 5; remove one of the two",
    ]);
  });

  test("a mistake with Windows' line ends is where it is", () => {
    expect(diagnosticsOf([...least, "host_network: 1", ""].join("\r\n"))).toEqual([
      "x.yaml:4:1: host_network: must be true or false, is a number; write true or false",
    ]);
    expect(environmentOf([...least, "remote:", "  label: a", ""].join("\r\n")).cluster).toBe("a");
  });

  test("a %YAML 1.1 line changes no meaning", () => {
    expect(environmentOf("%YAML 1.1", "---", ...least, "remote:", "  label: yes").cluster).toBe("yes");
  });

  describe("aliases and merge keys", () => {
    const base = [
      "container_runtime: crio",
      "local: &urls",
      "  endpoint: https://a.example.com",
      "  logsEndpoint: https://b.example.com/v1/logs",
    ];

    test("stand for what they name", () => {
      const { destinations } = environmentOf(
        ...base,
        "remote:",
        "  <<: *urls",
        "  endpoint: https://c.example.com",
        "  secret: &name a",
        "  scope: *name",
      );
      expect(destinations[1]).toMatchObject({
        endpoint: "https://c.example.com",
        logsEndpoint: "https://b.example.com/v1/logs",
        auth: { secret: "a", scope: "a" },
      });
    });

    test("have their mistakes where they are written", () => {
      const merged = [
        ...base,
        "  metricsEndpoint: otlp",
        "remote:",
        "  <<: [*urls]",
        "  secret: a",
        "  scope: &n 1",
      ];
      expect(diagnosticsOf(...merged, "  label: *n")).toEqual([
        "x.yaml:5:3: local.metricsEndpoint: has no scheme; write http:// or https:// before it",
        "x.yaml:5:3: remote.metricsEndpoint: has no scheme; write https:// before it",
        "x.yaml:9:3: remote.scope: must be a string, is a number; put it in quotes",
        "x.yaml:10:3: remote.label: must be a string, is a number; put it in quotes",
      ]);
    });

    test.each([
      [
        "remote: *nothing",
        "is an alias of an anchor that isn't above it; write &nothing before the value meant",
      ],
      ["remote: &r\n  label: *r", "is an alias of what it stands in; write the value"],
      ["remote: &r\n  <<: *r", "is an alias of what it stands in; write the value"],
      ["remote: &r\n  <<: [*r]", "is an alias of what it stands in; write the value"],
      [
        "remote:\n  <<: [*urls, *nothing]",
        "is an alias of an anchor that isn't above it; write &nothing before the value meant",
      ],
      ["remote:\n  <<: 5", "merges what is no map; write an alias of a map, such as *common"],
      ["remote:\n  <<: [*urls, 5]", "merges what is no map; write an alias of a map, such as *common"],
      ["remote:\n  !!str <<: 5", "merges what is no map; write an alias of a map, such as *common"],
    ])("%j is refused", (text, says) => {
      const diagnostics = diagnosticsOf(...base, text);
      expect(diagnostics).toEqual([expect.stringContaining(says)]);
    });

    test("a quoted << is a key like any other", () => {
      expect(diagnosticsOf(...base, "remote:", '  "<<": *urls')).toEqual([
        expect.stringMatching(/^x\.yaml:6:3: remote\["<<"\]: is no setting; write endpoint, /),
      ]);
    });

    test("that multiply without end are refused", () => {
      const level = (name: string, of: string) =>
        `${name}: &${name} [${Array(10).fill(`*${of}`).join(", ")}]`;
      const bomb = ["a: &a [x]", level("b", "a"), level("c", "b"), level("d", "c"), level("e", "d")];
      expect(diagnosticsOf(...bomb)).toEqual(["x.yaml:1:1: has too many aliases; write the values"]);
    });
  });
});
