import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { config as filesToLoki } from "../../examples/files-to-loki";
import { AlloyAgent } from "../../lib/alloy-agent";
import { DiagnosticsError, loadEnvironments, readEnvironments } from "../../lib/environment";
import { namesIn } from "../../lib/environment/setting-tree";
import { synthesize } from "../../lib/synthesis";
import { environmentOf, least } from "../environment/reading";
import { blocksIn, blocksOf, pages } from "./pages";

/** The objects that come of an environment's file. */
function objectsOf(...lines: readonly string[]): readonly string[] {
  const manifests = synthesize([environmentOf(...lines)], (app, one) => new AlloyAgent(app, one)).get("x");
  return [...(manifests?.keys() ?? [])];
}

describe("the environments that pages have one write", () => {
  const written = blocksOf("sh").flatMap((text) => [
    ...text.matchAll(/^cat > environments\/[\w-]+\.yaml <<'END'\n(.*?)^END$/gms),
  ]);

  test.each(written.map(([, text = ""]) => text))("synthesize: %s", (text) => {
    expect(objectsOf(text)).toEqual(expect.arrayContaining([expect.stringMatching(/^DaemonSet\./)]));
  });

  test("are some", () => expect(written).not.toEqual([]));
});

describe("the settings that pages show", () => {
  const settings = blocksOf("yaml").filter((text) => /^(destinations|secrets|remote):/.test(text));
  // What reads the Secrets that are said to come from somewhere.
  const remote = ["remote:", "  endpoint: https://otlp.example.com", "  secret: alloy-remote", "  scope: a"];

  test("are some", () => {
    expect(settings.length).toBeGreaterThanOrEqual(4);
  });

  test.each(settings)("can be pasted: %s", (text) => {
    const lines = [...least, ...(text.startsWith("remote:") ? [] : remote), text];
    expect(objectsOf(...lines).filter((name) => /^(External|VaultStatic)Secret/.test(name))).toHaveLength(
      environmentOf(...lines).secrets.length,
    );
  });
});

describe("the Secrets that pages have one make", () => {
  const made = blocksOf("sh")
    .flatMap((text) => text.replaceAll("\\\n", " ").split("\n"))
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

describe("the examples of where Secrets come from", () => {
  const examples = blocksOf("yaml").filter((text) => text.startsWith("secrets:\n"));

  test.each(["external-secrets", "vault"])("show every setting of %s", (from) => {
    const text = examples.find((one) => one.includes(`from: ${from}`)) ?? "";
    const shown = [...text.matchAll(/^ {4}(\w+): \S/gm)].map(([, name]) => name);
    expect(shown.sort()).toEqual([...namesIn(["secrets", "x"], { from })].sort());
  });
});

describe("the example of the library", () => {
  const [source = ""] = blocksOf("ts");
  const library = pages.filter(({ path }) => path === "docs/library.md");
  const [config = ""] = blocksIn(library, "alloy");

  test("is the one that compiles", () => {
    expect(source.replaceAll('"./', '"../')).toBe(readFileSync("examples/files-to-loki.ts", "utf8"));
  });

  test("prints what the page says", () => {
    expect(filesToLoki.toString()).toBe(config);
    expect(filesToLoki.node.validate()).toEqual([]);
  });
});

describe("the example of a fleet", () => {
  const fleet = pages.filter(({ path }) => path === "docs/fleet.md");
  const [base = "", own = ""] = blocksIn(fleet, "yaml").filter((text) =>
    /^(container_runtime|extends):/m.test(text),
  );
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fleet-"));
    writeFileSync(join(folder, "lab-1.yaml"), own);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("is what the page says", () => {
    writeFileSync(join(folder, "_fleet.yaml"), base);
    const [lab] = loadEnvironments(folder);
    expect(lab).toMatchObject({ hostNetwork: true, cluster: "lab-1", aistore: [{ name: "lab" }] });
    expect(lab?.destinations).toMatchObject([{ name: "local" }, { auth: { secret: "alloy-remote" } }]);
    expect(lab?.destinations[0]?.headers).toBeUndefined();
  });

  test("has the mistake that the page shows", () => {
    writeFileSync(join(folder, "_fleet.yaml"), base.replace("http://otel", "otel"));
    const said = new DiagnosticsError(readEnvironments(folder).diagnostics).message.replaceAll(
      folder,
      "environments",
    );
    const shown = readFileSync("docs/fleet.md", "utf8")
      .split("\n")
      .find((line) => / and 11 more\)$/.test(line));
    expect(said).toBe(shown?.replace(" and 11 more", ""));
  });
});
