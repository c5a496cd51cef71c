import { readFileSync } from "node:fs";
import { AlloyAgent } from "../lib/alloy-agent";
import { synthesize } from "../lib/synthesis";
import { environmentOf, least } from "./environment/reading";

const pages = ["README.md", "docs/secrets.md"].map((page) => readFileSync(page, "utf8")).join("\n");
const blocks = [...pages.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = "", text = ""]) => ({
  language,
  text,
}));

describe("the settings in the README and the page of Secrets", () => {
  const settings = blocks.filter(
    ({ language, text }) => language === "yaml" && /^(destinations|secrets):/.test(text),
  );
  // What reads the Secrets that are said to come from somewhere.
  const remote = ["remote:", "  endpoint: https://otlp.example.com", "  secret: alloy-remote", "  scope: a"];

  test("are some", () => {
    expect(settings.length).toBeGreaterThanOrEqual(3);
  });

  test.each(settings.map(({ text }) => text))("can be pasted: %s", (text) => {
    const environment = environmentOf(...least, ...remote, text);
    const manifests = synthesize([environment], (app, one) => new AlloyAgent(app, one)).get("x");
    expect(
      [...(manifests?.keys() ?? [])].filter((name) => /^(External|VaultStatic)Secret/.test(name)),
    ).toHaveLength(environment.secrets.length);
  });
});

describe("the README's Secrets", () => {
  const made = blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.replaceAll("\\\n", " ").split("\n"))
    .filter((line) => line.startsWith("kubectl create secret generic "))
    .map((line) => [...line.matchAll(/--from-file=([^\s=]+)/g)].map(([, key = ""]) => key).toSorted());

  test.each([
    ["oauth2, scope: a", ["azure_app_client_id", "azure_app_client_secret", "azure_token_url"]],
    ["mtls", ["ca.crt", "tls.crt", "tls.key"]],
    ["bearer", ["token"]],
    ["basic", ["password", "username"]],
  ])("have the keys that auth of type %s reads", (type, keys) => {
    const destination = `{endpoint: https://a, auth: {type: ${type}, secret: s}}`;
    const { destinations } = environmentOf("container_runtime: crio", `destinations: {a: ${destination}}`);
    const [{ auth } = { auth: undefined }] = destinations;
    const read = auth === undefined || auth.type === "none" ? [] : Object.values(auth.keys);
    expect(read.toSorted()).toEqual(keys);
    expect(made).toContainEqual(keys);
  });
});
