import fc from "fast-check";
import type { Destination, DestinationAuth } from "../../../lib/environment";
import { destinationList } from "../../../scripts/pages/destinations";
import { outside } from "../../environment/settings/deliveries";

const lines = (...destinations: readonly Destination[]) =>
  destinationList(
    destinations,
    destinations.map(({ name, endpoint = "" }) => ({
      destination: name,
      signal: "logs",
      queue: { storage: "none" },
      url: `${endpoint}/v1/logs`,
    })),
  ).split("\n");
const linesOf = (destination: Destination) =>
  lines(destination)
    .slice(2)
    .map((line) => line.slice(4));
const requestsOf = (destination: Destination) => linesOf(destination).slice(1);

const archive = { name: "archive", endpoint: "https://a", auth: { type: "none" }, ...outside } as const;
const requests = ["CA of the system", "compressed by gzip"];

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
    "OAuth2 client credentials of the Secret `s`, scope `a`, token URL `https://t?…`",
  ],
  [
    { type: "bearer", secret: "s", keys: { token: "t" } },
    "token of the Secret `s`, in the header `Authorization` after `Bearer`",
  ],
  [
    { type: "bearer", secret: "s", header: "X-Key", scheme: "", keys: { token: "t" } },
    "token of the Secret `s`, in the header `X-Key` by itself",
  ],
  [
    { type: "basic", secret: "s", keys: { username: "u", password: "p" } },
    "user name and password of the Secret `s`",
  ],
];

describe("a destination", () => {
  test.each(ways)("says how it authenticates: %j", (auth, words) => {
    expect(linesOf({ ...archive, auth })).toEqual([`authentication: ${words}`, ...requests]);
  });

  test("says whose CA verifies it", () => {
    const mtls = { type: "mtls", secret: "s", keys: { ca: "a", certificate: "c", key: "k" } } as const;
    const ca = { secret: "ca", key: "k" };
    const [certificate] = linesOf({ ...archive, auth: mtls });
    expect(certificate).toBe("authentication: client certificate (mTLS) of the Secret `s`");
    expect(requestsOf({ ...archive, auth: mtls })).toEqual(["CA of the Secret `s`", "compressed by gzip"]);
    expect(requestsOf({ ...archive, auth: mtls, tls: { ca } })).toEqual([
      "CA of the Secret `ca`",
      "compressed by gzip",
    ]);
    expect(requestsOf({ ...archive, tls: { serverName: "b" } })).toEqual([
      "CA of the system",
      "certificate of `b`",
      "compressed by gzip",
    ]);
    expect(requestsOf({ ...archive, endpoint: "http://a" })).toEqual(["compressed by gzip"]);
  });

  test("names headers, and shows no value", () => {
    const headers = { "X-A": "hunter2", "X-B": "hunter3" };
    expect(requestsOf({ ...archive, headers, compression: "none" })).toEqual([
      "CA of the system",
      "headers `X-A` and `X-B`",
      "not compressed",
    ]);
  });

  test("is there for each destination, whatever they hold", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(text, text, text), {
          minLength: 1,
          maxLength: 6,
          selector: ([name]) => name,
        }),
        (texts) => {
          const all = lines(
            ...texts.map(([name, secret, header]) => ({
              name,
              endpoint: `https://a/${header}`,
              auth: { type: "bearer" as const, secret, header, keys: { token: "t" } },
              headers: { [header]: "x" },
              ...outside,
            })),
          );
          expect(all).toHaveLength(6 * texts.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});
