import { formatKey } from "../../../lib/schema/setting-key";
import { least } from "../reading";
import type { SettingMistake } from "../setting-mistakes";

const secretMissing = "is missing; write the name of the Secret with the destination's credentials";
const header = "carries credentials, which the ConfigMap would show; remove it, and";

/** A destination `archive` with some settings. */
const archive = (...lines: readonly string[]) => [
  ...least,
  "destinations:",
  "  archive:",
  "    endpoint: https://a.example.com",
  ...lines.map((line) => `    ${line}`),
];

const auth = (text: string) => archive(`auth: {${text}}`);

/** Mistakes in the settings of destinations, each beside the nearest input without it. */
export const destinationMistakes: Readonly<Record<string, SettingMistake>> = {
  "a list of destinations": {
    bad: [...least, "destinations:", "  - endpoint: https://a.example.com"],
    says: [
      "x.yaml:4:1: destinations: must be a map, is a list; write each name below it, indented, with what belongs to it behind its colon or below",
    ],
    good: archive(),
  },
  "a destination that is a URL": {
    bad: [...least, "destinations:", "  archive: https://a.example.com"],
    says: [
      "x.yaml:5:3: destinations.archive: must be a map, is a string; write its settings below it, indented",
    ],
    good: archive(),
  },
  ...Object.fromEntries(
    ["local", "remote"].map((name) => [
      `${name} among the destinations`,
      {
        bad: [...least, "destinations:", `  ${name}: {endpoint: https://a.example.com}`],
        says: [
          `x.yaml:5:3: destinations.${name}: stands at the top level of the file; write it there, or another name here`,
        ],
        good: [...least, "destinations:", `  ${name}-2: {endpoint: https://a.example.com}`],
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ["Archive", "archive"],
      ["1st", "first"],
      ["a_b", "a-b"],
      ["a-", "a"],
      ["true", "truth"],
      ["a".repeat(64), "a".repeat(63)],
    ].map(([bad = "", good]) => [
      `a destination called ${bad}`,
      {
        bad: [...least, "destinations:", `  ${bad}: {endpoint: https://a.example.com}`],
        says: [
          `x.yaml:5:3: ${formatKey(["destinations", bad])}: is no name of a destination; write at most 63 lower-case letters, digits and "-", a letter first`,
        ],
        good: [...least, "destinations:", `  ${good}: {endpoint: https://a.example.com}`],
      },
    ]),
  ),
  "a misspelt setting of a destination": {
    bad: archive("compresion: gzip"),
    says: ["x.yaml:7:5: destinations.archive.compresion: is no setting; write compression"],
    good: archive("compression: gzip"),
  },
  "a setting of remote at a destination": {
    bad: archive("label: a"),
    says: ["x.yaml:7:5: destinations.archive.label: is no setting; write remote.label"],
    good: archive(),
  },
  "an unknown compression": {
    bad: archive("compression: lz4"),
    says: [
      'x.yaml:7:5: destinations.archive.compression: must be gzip, zstd, zlib, deflate, snappy or none, is "lz4"; write one of them',
    ],
    good: archive("compression: none"),
  },
  "auth without its type": {
    bad: auth("secret: a"),
    says: ["x.yaml:7:5: destinations.archive.auth.type: is missing; write oauth2, mtls, bearer or basic"],
    good: auth("secret: a, type: basic"),
  },
  "auth of no type": {
    bad: archive("auth: {type: none}"),
    says: [
      "x.yaml:7:12: destinations.archive.auth.type: is none, which is what a destination without auth has; remove auth",
    ],
    good: archive("auth:"),
  },
  "a misspelt type of auth": {
    bad: auth("type: oauth, secret: a, scope: b"),
    says: [
      'x.yaml:7:12: destinations.archive.auth.type: must be oauth2, mtls, bearer or basic, is "oauth"; write oauth2',
    ],
    good: auth("type: oauth2, secret: a, scope: b"),
  },
  "auth that is a word": {
    bad: archive("auth: none"),
    says: [
      "x.yaml:7:5: destinations.archive.auth: must be a map, is a string; write its settings below it, indented",
    ],
    good: archive("auth:"),
  },
  ...Object.fromEntries(
    ["oauth2, scope: b", "mtls", "bearer", "basic"].map((type) => [
      `auth of type ${type} without a Secret`,
      {
        bad: auth(`type: ${type}`),
        says: [`x.yaml:7:5: destinations.archive.auth.secret: ${secretMissing}`],
        good: auth(`type: ${type}, secret: a`),
      },
    ]),
  ),
  "OAuth2 without a scope": {
    bad: auth("type: oauth2, secret: a"),
    says: [
      "x.yaml:7:5: destinations.archive.auth.scope: is missing, and OAuth2 asks for it; write the scope",
    ],
    good: auth("type: oauth2, secret: a, scope: b"),
  },
  "tokens over plain http": {
    bad: auth("type: oauth2, secret: a, scope: b, token_url: http://a"),
    says: [
      "x.yaml:7:47: destinations.archive.auth.token_url: is plain http, over which credentials could be read; write https://",
    ],
    good: auth("type: oauth2, secret: a, scope: b, token_url: https://a"),
  },
  "a setting of another type of auth": {
    bad: auth("type: basic, secret: a, scope: b"),
    says: ["x.yaml:7:36: destinations.archive.auth.scope: is no setting; write type, secret or keys"],
    good: auth("type: oauth2, secret: a, scope: b"),
  },
  "a misspelt key of a Secret's keys": {
    bad: auth("type: basic, secret: a, keys: {user_name: b}"),
    says: ["x.yaml:7:43: destinations.archive.auth.keys.user_name: is no setting; write username"],
    good: auth("type: basic, secret: a, keys: {username: b}"),
  },
  "a key that no Secret can have": {
    bad: auth("type: bearer, secret: a, keys: {token: a/b}"),
    says: [
      'x.yaml:7:44: destinations.archive.auth.keys.token: is no key of a Secret; write at most 253 letters, digits, "-", "_" and ".", and not ".." first',
    ],
    good: auth("type: bearer, secret: a, keys: {token: a.B_c-1}"),
  },
  "a key that leads up": {
    bad: auth("type: bearer, secret: a, keys: {token: ..a}"),
    says: [
      'x.yaml:7:44: destinations.archive.auth.keys.token: is no key of a Secret; write at most 253 letters, digits, "-", "_" and ".", and not ".." first',
    ],
    good: auth("type: bearer, secret: a, keys: {token: .a..}"),
  },
  "a token's header that is none": {
    bad: auth("type: bearer, secret: a, header: X Key"),
    says: [
      "x.yaml:7:37: destinations.archive.auth.header: is no name of a header; write letters, digits and -",
    ],
    good: auth("type: bearer, secret: a, header: X-Key"),
  },
  "a token's scheme of two words": {
    bad: auth("type: bearer, secret: a, scheme: My Token"),
    says: [
      "x.yaml:7:37: destinations.archive.auth.scheme: is no scheme; write one word, such as Bearer, or none",
    ],
    good: auth("type: bearer, secret: a, scheme: Token"),
  },
  "a CA's Secret with capitals": {
    bad: archive("tls: {ca_secret: CA}"),
    says: [
      'x.yaml:7:11: destinations.archive.tls.ca_secret: is no name of a Kubernetes object; write at most 253 lower-case letters, digits, "-" and ".", a letter or digit at both ends',
    ],
    good: archive("tls: {ca_secret: ca}"),
  },
  "a server's name with a port": {
    bad: archive("tls: {server_name: a.example.com:443}"),
    says: [
      "x.yaml:7:11: destinations.archive.tls.server_name: is no name of a host; write it, of at most 253 characters, without https://, port or path, such as otlp.example.com",
    ],
    good: archive("tls: {server_name: a.example.com}"),
  },
  "a server's address with a port": {
    bad: archive("tls: {server_name: 10.0.0.1:443}"),
    says: [
      "x.yaml:7:11: destinations.archive.tls.server_name: is no name of a host; write it, of at most 253 characters, without https://, port or path, such as otlp.example.com",
    ],
    good: archive('tls: {server_name: "::ffff:10.0.0.1"}'),
  },
  "a server's name that is a URL": {
    bad: archive("tls: {server_name: https://a.example.com}"),
    says: [
      "x.yaml:7:11: destinations.archive.tls.server_name: is no name of a host; write it, of at most 253 characters, without https://, port or path, such as otlp.example.com",
    ],
    good: archive('tls: {server_name: "2001:db8::1"}'),
  },
  "no namespace": {
    bad: archive("log_namespaces: []"),
    says: [
      "x.yaml:7:5: destinations.archive.log_namespaces: names no namespace; leave it out for all logs, or name one",
    ],
    good: archive("log_namespaces: [a]"),
  },
  "a namespace that is none": {
    bad: archive("log_namespaces: [a, A]"),
    says: [
      'x.yaml:7:25: destinations.archive.log_namespaces[1]: is no DNS label; write at most 63 lower-case letters, digits and "-", a letter or digit at both ends',
    ],
    good: archive("log_namespaces: [a, b]"),
  },
  ...Object.fromEntries(
    ["Authorization", "proxy-authorization"].map((name) => [
      `the header ${name}`,
      {
        bad: archive(`headers: {${name}: Basic aHVudGVyMg==}`),
        says: [
          name === "Authorization"
            ? `x.yaml:7:15: destinations.archive.headers.${name}: ${header} write auth with type: bearer or basic`
            : `x.yaml:7:15: destinations.archive.headers.${name}: ${header} write auth with type: bearer and header: ${name}`,
        ],
        good: archive("headers: {Author: me}"),
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ...["X-Api-Key", "DD-API-KEY", "Cookie", "X-Auth", "Gitlab-TOKEN", "x-client-secret", "X-Password"],
      ...["x-ingestion-key", "apikey", "License-Key", "x-honeycomb-team", "uptrace-dsn"],
    ].map((name) => [
      `the header ${name}`,
      {
        bad: archive(`headers: {${name}: hunter2}`),
        says: [
          `x.yaml:7:15: destinations.archive.headers.${name}: ${header} write auth with type: bearer and header: ${name}`,
        ],
        good: archive("headers: {X-Scope-OrgID: hunter2}"),
      },
    ]),
  ),
  "a header of local with credentials": {
    bad: [...least, "  headers: {Authorization: hunter2}"],
    says: [
      `x.yaml:4:13: local.headers.Authorization: ${header} write a destination with auth below destinations`,
    ],
    good: [...least, "  headers: {X-Scope-OrgID: a}"],
  },
  "a header of remote with credentials": {
    bad: [...least, "remote:", "  headers: {Authorization: hunter2}"],
    says: [
      `x.yaml:5:13: remote.headers.Authorization: ${header} use remote.secret, or a destination with auth below destinations`,
    ],
    good: [...least, "remote:", "  headers: {X-Scope-OrgID: a}"],
  },
  "a header whose value is a token": {
    bad: archive("headers: {X-Scope-OrgID: bearer hunter2}"),
    says: [
      `x.yaml:7:15: destinations.archive.headers.X-Scope-OrgID: ${header} write auth with type: bearer and header: X-Scope-OrgID`,
    ],
    good: archive("headers: {X-Scope-OrgID: bearer}"),
  },
  "a header whose value is a password": {
    bad: archive("headers: {X-Scope-OrgID: Basic bWU6aHVudGVyMg==}"),
    says: [
      `x.yaml:7:15: destinations.archive.headers.X-Scope-OrgID: ${header} write auth with type: bearer and header: X-Scope-OrgID`,
    ],
    good: archive("headers: {X-Scope-OrgID: Basic plan, X-Routing-Key: a, X-Author: b}"),
  },
  "headers that are none": {
    bad: archive("headers: X-A"),
    says: [
      "x.yaml:7:5: destinations.archive.headers: must be a map, is a string; write each name below it, indented, with what belongs to it behind its colon or below",
    ],
    good: archive("headers: {}"),
  },
  "a header that the exporter sets": {
    bad: archive("headers: {content-Type: text/plain}"),
    says: ["x.yaml:7:15: destinations.archive.headers.content-Type: is set by the exporter; remove it"],
    good: archive("headers: {X-Content-Type: text/plain}"),
  },
  "a header's name with a colon": {
    bad: archive('headers: {"X-Scope:": a}'),
    says: [
      'x.yaml:7:15: destinations.archive.headers["X-Scope:"]: is no name of a header; write letters, digits and -',
    ],
    good: archive('headers: {"X-Scope": a}'),
  },
  "a header in other letters again": {
    bad: archive("headers: {X-A: b, x-a: c}"),
    says: ["x.yaml:7:23: destinations.archive.headers.x-a: is the header X-A again; remove one of the two"],
    good: archive("headers: {X-A: b, x-b: c}"),
  },
  "a header of two lines": {
    bad: archive('headers: {X-A: "b\\nX-C: d"}'),
    says: [
      "x.yaml:7:15: destinations.archive.headers.X-A: holds a control character, such as a line end, which would end the header; remove it",
    ],
    good: archive('headers: {X-A: "b\\tX-C: d"}'),
  },
  "a header that is a number": {
    bad: archive("headers: {X-Scope-OrgID: 1}"),
    says: [
      "x.yaml:7:15: destinations.archive.headers.X-Scope-OrgID: must be a string, is a number; put it in quotes",
    ],
    good: archive('headers: {X-Scope-OrgID: "1"}'),
  },
};
