import { parse, stringify } from "yaml";
import { pages } from "../docs/pages";
import { describeWithApiServer } from "../engines/api-server";
import { defineGitOpsKinds } from "./definitions";

const page = pages.find(({ path }) => path === "docs/gitops.md");
const examples = [...(page?.text ?? "").matchAll(/^```yaml\n(.*?)^```$/gms)]
  .map(([, text = ""]) => parse(text))
  .filter((object) => object.apiVersion !== undefined);

// By the definitions of Argo CD and Flux. Neither runs here.
describeWithApiServer("what docs/gitops.md tells Argo CD and Flux", (server) => {
  const create = ["create", "--filename", "-", "--dry-run=server", "--validate=strict"];

  beforeAll(async () => {
    await defineGitOpsKinds(server);
    for (const name of ["argocd", "flux-system"]) await server.succeed(["create", "namespace", name]);
  });

  test("is an Application, an ApplicationSet and a Kustomization", () => {
    expect(examples.map(({ kind }) => kind)).toEqual(["Application", "ApplicationSet", "Kustomization"]);
  });

  test.each(examples.map((object) => [object.kind, object] as const))(
    "is right: %s",
    async (kind, object) => {
      expect(await server.succeed(create, stringify(object))).toMatch(/ created \(server dry run\)\n$/);

      const misspelt = { ...object, spec: { ...object.spec, prunes: true } };
      const { status, stderr } = await server.kubectl(create, stringify(misspelt));
      expect({ kind, status, stderr }).toEqual({
        kind,
        status: 1,
        stderr: expect.stringContaining("spec.prunes"),
      });
    },
  );
});
