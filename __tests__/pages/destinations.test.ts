import fc from "fast-check";
import type { Destination, DestinationAuth } from "../../lib/environment";
import { destinationTable } from "../../scripts/pages/destinations";
import { outside } from "../environment/delivery/deliveries";

const rows = (...destinations: readonly Destination[]) => destinationTable(destinations).split("\n").slice(2);
const last = (destination: Destination) => rows(destination)[0]?.split(" | ").slice(-2);

const archive = { name: "archive", endpoint: "https://a", auth: { type: "none" }, ...outside } as const;
const requests = "CA of the system<br/>compressed by gzip |";

const ways: readonly (readonly [DestinationAuth, string])[] = [
  [{ type: "none" }, "none"],
  [
    {
      type: "oauth2",
      secret: "s",
      scope: "a",
      tokenUrl: "https://t?u=hunter2",
      keys: { clientId: "i", clientSecret: "s", tokenUrl: "u" },
    },
    "OAuth2 client credentials of the Secret `s`<br/>scope `a`<br/>token URL `https://t?…`",
  ],
  [
    { type: "bearer", secret: "s", keys: { token: "t" } },
    "token of the Secret `s`<br/>in the header `Authorization`, after `Bearer`",
  ],
  [
    { type: "bearer", secret: "s", header: "X-Key", scheme: "", keys: { token: "t" } },
    "token of the Secret `s`<br/>in the header `X-Key`, by itself",
  ],
  [
    { type: "basic", secret: "s", keys: { username: "u", password: "p" } },
    "user name and password of the Secret `s`",
  ],
];

describe("a destination's row", () => {
  test.each(ways)("says how it authenticates: %j", (auth, words) => {
    expect(last({ ...archive, auth })).toEqual([words, requests]);
  });

  test("says whose CA verifies it", () => {
    const mtls = { type: "mtls", secret: "s", keys: { ca: "a", certificate: "c", key: "k" } } as const;
    const ca = { secret: "ca", key: "k" };
    const [certificate] = last({ ...archive, auth: mtls }) ?? [];
    expect(certificate).toBe("client certificate (mTLS) of the Secret `s`");
    expect(last({ ...archive, auth: mtls })?.[1]).toBe("CA of the Secret `s`<br/>compressed by gzip |");
    expect(last({ ...archive, auth: mtls, tls: { ca } })?.[1]).toBe(
      "CA of the Secret `ca`<br/>compressed by gzip |",
    );
    expect(last({ ...archive, tls: { serverName: "b" } })?.[1]).toBe(
      "CA of the system<br/>certificate of `b`<br/>compressed by gzip |",
    );
    expect(last({ ...archive, endpoint: "http://a" })?.[1]).toBe("compressed by gzip |");
  });

  test("names headers, and shows no value", () => {
    const headers = { "X-A": "hunter2", "X-B": "hunter3" };
    expect(last({ ...archive, headers, compression: "none" })?.[1]).toBe(
      "CA of the system<br/>headers `X-A` and `X-B`<br/>not compressed |",
    );
  });

  test("is there for each destination, whatever they hold", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 6 }), (texts) => {
        const table = rows(
          ...texts.map(([name, secret, header]) => ({
            name,
            logsEndpoint: `https://a/${header}`,
            auth: { type: "bearer" as const, secret, header, keys: { token: "t" } },
            headers: { [header]: "x" },
            ...outside,
          })),
        );
        expect(table).toHaveLength(texts.length);
        for (const row of table) expect(row.split(/(?<!\\)\|/)).toHaveLength(7);
      }),
      { numRuns: 100 },
    );
  });
});
