import { X509Certificate } from "node:crypto";
import { type Block, describeWithEngines, type Json } from "../engines/engines";
import { local, pipelineOf, type Settings } from "./pipeline-of";

const archive = (auth: Settings, more: Settings = {}): Settings => ({
  destinations: { archive: { endpoint: "https://a.example.com", auth: { secret: "s", ...auth }, ...more } },
});
const missingToken = "token-is-missing\u007f";
const base64 = (text: string) => Buffer.from(text).toString("base64");

jest.setTimeout(60_000);

describeWithEngines("by what the files of a Secret hold, Alloy has", (engines) => {
  /** The attributes of a block of the config, with the contents of some files. */
  async function valuesIn(settings: Settings, contents: Readonly<Record<string, string>>, ...path: string[]) {
    const values = Object.fromEntries(
      Object.entries(contents).map(([label, text]) => [`local.file.${label}.content`, text]),
    );
    const answer = await engines.evaluate(pipelineOf(settings).toString(), values);
    if (!answer.ok) throw new Error(answer.error);
    let blocks: readonly Block[] = answer.value.blocks;
    let found: Block | undefined;
    for (const name of path) {
      found = blocks.find((block) => name === block.name || name === `${block.name}.${block.label}`);
      blocks = found?.blocks ?? [];
    }
    return new Map<string, Json | undefined>(found?.attributes.map(({ name, value }) => [name, value]));
  }

  test.each([
    ["", missingToken],
    [" \n", missingToken],
    ["a.b-c\n", "a.b-c"],
  ])("of the token %j the token %j", async (content, token) => {
    const settings = archive({ type: "bearer" });
    const values = await valuesIn(settings, { archive_token: content }, "otelcol.auth.bearer.archive");
    expect(values.get("token")).toBe(token);
  });

  test.each([
    ["", "", missingToken],
    ["u", "", missingToken],
    ["", "p", missingToken],
    ["u\n", "p:q\n", base64("u:p:q")],
    ["ü", "p w", base64("ü:p w")],
  ])("of the user %j with the password %j the token %j", async (username, password, token) => {
    const contents = { archive_username: username, archive_password: password };
    const values = await valuesIn(archive({ type: "basic" }), contents, "otelcol.auth.bearer.archive");
    expect([values.get("scheme"), values.get("token")]).toEqual(["Basic", token]);
  });

  test.each([
    ["", "http://127.0.0.1:1/token-url-is-missing"],
    ["https://login.example.com/token\n", "https://login.example.com/token"],
  ])("of the token URL %j the URL %s", async (content, url) => {
    const settings = archive({ type: "oauth2", scope: "a" });
    const values = await valuesIn(settings, { archive_url: content }, "otelcol.auth.oauth2.archive");
    expect(values.get("token_url")).toBe(url);
  });

  const tls = ["otelcol.exporter.otlphttp.archive_send", "client", "tls"];

  test.each([
    ["", "", "", ""],
    ["CA", "", "", ""],
    ["CA", "C", "", ""],
    ["CA", "", "K", ""],
    ["", "C", "K", ""],
    ["CA\n", "C", "K", "CA"],
  ])(
    "of the CA %j, certificate %j and key %j these CAs beside an expired one: %j",
    async (ca, cert, key, trusted) => {
      const contents = { archive_ca: ca, archive_certificate: cert, archive_key: key };
      const values = await valuesIn(archive({ type: "mtls" }), contents, ...tls);
      expect(casIn(values.get("ca_pem"))).toBe(trusted);
      const isWhole = cert !== "" && key !== "";
      expect([values.get("cert_file"), values.get("key_file")]).toEqual(
        ["tls.crt", "tls.key"].map((file) => (isWhole ? `/var/run/secrets/alloy/s/${file}` : "")),
      );
    },
  );

  test.each(["", "CA"])("of the CA %j alone that beside an expired one", async (ca) => {
    const settings = archive({ type: "bearer" }, { tls: { ca_secret: "c" } });
    expect(casIn((await valuesIn(settings, { archive_ca: ca }, ...tls)).get("ca_pem"))).toBe(ca);
    const aistore = [{ namespace: "ais", name: "ais", https: true, ca_secret: "c" }];
    const path = ["prometheus.scrape.aistore_ais_IN_ais", "tls_config"];
    const scrape = await valuesIn({ local, aistore }, { aistore_ais_IN_ais: ca }, ...path);
    expect(casIn(scrape.get("ca_pem"))).toBe(ca);
  });

  /** What follows the CA that expired, which signed itself. */
  function casIn(pem: Json | undefined): string {
    const [, expired = "", others = ""] =
      /^(-----BEGIN.*?-----END CERTIFICATE-----\n)(.*)$/s.exec(String(pem)) ?? [];
    const certificate = new X509Certificate(expired);
    expect([certificate.ca, certificate.validTo]).toEqual([true, "Jan  1 00:00:00 1970 GMT"]);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    return others;
  }
});
