import { parse } from "yaml";
import { fleet, manifestsOf, readByKubectl } from "../fleet/fleet";
import { pages } from "./pages";

const page = pages.find(({ path }) => path === "docs/gitops.md");

test("docs/gitops.md says which kinds of operators manifests may need", () => {
  const told = [...(page?.text ?? "").matchAll(/^\| `(\w+)` +\| `([\w./-]+)` +\|/gm)].map(
    ([, kind, apiVersion]) => `${apiVersion} ${kind}`,
  );
  const written = [...manifestsOf(fleet).values()].flatMap((manifests) =>
    [...readByKubectl(manifests).values()]
      .map((text) => parse(text))
      // Kubernetes' own groups have no dot, or end in k8s.io.
      .filter(({ apiVersion }) => /\./.test(apiVersion) && !/\.k8s\.io\//.test(apiVersion))
      .map(({ apiVersion, kind }) => `${apiVersion} ${kind}`),
  );
  expect(new Set(written).size).toBeGreaterThanOrEqual(3);
  expect(told).toEqual(expect.arrayContaining(written));
});
