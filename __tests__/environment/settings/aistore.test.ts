import { diagnosticsOf, environmentOf, least } from "../reading";

/** A file with one AIStore cluster. */
const cluster = (settings: string, scrape = "") => [
  ...least,
  `scrape: {${scrape}}`,
  "aistore:",
  `  - {namespace: ais, name: ais, ${settings}}`,
];

describe("the certificate of an AIStore cluster", () => {
  const noVerification = { verified: false };
  const verified = { verified: true, ca: { secret: "a", key: "ca.crt" } };

  test.each<[string, string, object | undefined]>([
    ["", "", undefined],
    ["", "https: false", undefined],
    ["https: true", "https: false", undefined],
    // As in files from before there was a name for it.
    ["https: true", "", noVerification],
    ['https: "true"', "", noVerification],
    ["https: true", "insecure: true", noVerification],
    ["", "https: true, insecure: true", noVerification],
    ["https: true", "ca_secret: a", verified],
    ["", "https: true, ca_secret: a", verified],
    ["", "https: true, ca_secret: a, insecure: false", verified],
    [
      "",
      "https: true, ca_secret: a, ca_key: b.pem, server_name: ais.example.com",
      { verified: true, ca: { secret: "a", key: "b.pem" }, serverName: "ais.example.com" },
    ],
  ])("scrape {%s}, cluster {%s}", (scrape, settings, tls) => {
    expect(environmentOf(...cluster(settings, scrape)).aistore).toEqual([
      { namespace: "ais", name: "ais", ...(tls && { tls }) },
    ]);
  });

  const unverified =
    "aistore[0].ca_secret: is missing, so that the certificate can't be verified; write the name of the Secret with its CA, or insecure: true";
  const noHttps = (name: string) =>
    `aistore[0].${name}: has no effect without https; write https: true too, or remove this`;
  const noCa = (name: string) =>
    `aistore[0].${name}: has no effect without ca_secret; write that too, or remove this`;

  test.each<[string, string, readonly string[]]>([
    ["", "https: true", [unverified]],
    ["https: true", "https: true", [unverified]],
    ["https: true", "insecure: false", [unverified]],
    ["", "https: true, ca_key: a, server_name: b", [unverified]],
    ["", "ca_secret: a", [noHttps("ca_secret")]],
    ["https: true", "https: false, ca_secret: a, ca_key: b", [noHttps("ca_secret")]],
    ["", "insecure: true", [noHttps("insecure")]],
    ["https: true", "ca_key: a", [noCa("ca_key")]],
    ["", "https: true, insecure: true, server_name: a", [noCa("server_name")]],
    [
      "",
      "https: true, ca_secret: a, insecure: true",
      ["aistore[0].insecure: contradicts ca_secret, which verifies the certificate; remove one of the two"],
    ],
    // One mistake is said once.
    [
      "",
      "https: 1, ca_secret: a",
      ["aistore[0].https: must be true or false, is a number; write true or false"],
    ],
    ["https: 1", "ca_secret: a", ["scrape.https: must be true or false, is a number; write true or false"]],
    [
      "",
      "https: true, ca_secret: A",
      [
        'aistore[0].ca_secret: is no name of a Kubernetes object; write at most 253 lower-case letters, digits, "-" and ".", a letter or digit at both ends',
      ],
    ],
    [
      "",
      "https: true, insecure: 1",
      ["aistore[0].insecure: must be true or false, is a number; write true or false"],
    ],
    [
      "",
      "https: true, ca_secret: a, ca_key: ..",
      [
        'aistore[0].ca_key: is no key of a Secret; write at most 253 letters, digits, "-", "_" and ".", and not ".." first',
      ],
    ],
  ])("scrape {%s}, cluster {%s}: refused", (scrape, settings, says) => {
    const found = diagnosticsOf(...cluster(settings, scrape)).map((line) =>
      line.replace(/^x\.yaml:\d+:\d+: /, ""),
    );
    expect(found).toEqual(says);
  });

  test("is each cluster's own", () => {
    const other = "  - {namespace: b, name: c, https: true, ca_secret: d}";
    expect(environmentOf(...cluster("https: false"), other).aistore).toEqual([
      { namespace: "ais", name: "ais" },
      { namespace: "b", name: "c", tls: { verified: true, ca: { secret: "d", key: "ca.crt" } } },
    ]);
  });
});

test("a cluster that is named twice is told beside what is wrong with others", () => {
  const lines = [
    "aistore:",
    "  - {namespace: ais}",
    "  - {namespace: ais}",
    "  - &ais {namespace: ais, name: ais}",
  ];
  expect(diagnosticsOf(...least, ...lines, "  - *ais", "  - ais")).toEqual([
    "x.yaml:5:5: aistore[0].name: is missing; write a string",
    "x.yaml:6:5: aistore[1].name: is missing; write a string",
    "x.yaml:8:5: aistore[3]: names ais/ais again; remove it",
    "x.yaml:9:5: aistore[4]: must be a map, is a string; write its settings below it, indented",
  ]);
  expect(diagnosticsOf(...least, "aistore: ais")).toEqual([
    'x.yaml:4:1: aistore: must be a list, is a string; write its items below it, each after "- "',
  ]);
});
