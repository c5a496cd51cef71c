import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type ApiServer, describeWithApiServer } from "../engines/api-server";
import { defineOperatorsKinds } from "./definitions";
import { live, lost, makeOthersNamespace } from "./live";

const environments = readdirSync("dist");

const ways = [
  ["by the client", []],
  ["by the server", ["--server-side"]],
] as const;

function manifestsOf(folder: string) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return files.map((name) => parse(readFileSync(join(folder, name), "utf8")));
}

/** What kubectl says of each object, in a word. */
function words(output: string): ReadonlySet<string> {
  return new Set(
    output
      .trim()
      .split("\n")
      .map((line) => line.replace(/^\S+ /, "")),
  );
}

describeWithApiServer("dist/ on a new cluster", (server) => {
  beforeAll(async () => {
    await defineOperatorsKinds(server);
    await server.keep();
  });

  describe.each(environments)("%s", (environment) => {
    const folder = join("dist", environment);

    describe.each(ways)("applied %s", (_, way) => {
      beforeAll(async () => {
        await server.reset();
        await makeOthersNamespace(server, manifestsOf(folder));
      });

      test("is taken at once, without a warning", async () => {
        expect(await server.kubectl(["apply", ...way, "--filename", folder])).toMatchObject({
          status: 0,
          stderr: "",
        });
      });

      test("is there as it was meant", async () => {
        const objects = await live(server, folder);
        const manifests = manifestsOf(folder);
        expect(objects).toHaveLength(manifests.length);
        expect(
          manifests.flatMap((manifest) => {
            const is = objects.find(
              ({ kind, metadata }) => kind === manifest.kind && metadata.name === manifest.metadata.name,
            );
            return lost(manifest, is, manifest.kind);
          }),
        ).toEqual([]);
      });

      test("differs in nothing from what is there", async () => {
        expect(await server.kubectl(["diff", ...way, "--filename", folder])).toEqual({
          status: 0,
          stdout: "",
          stderr: "",
        });
      });

      test("changes nothing when it is applied again", async () => {
        const before = await versions(server, folder);
        const output = await server.succeed(["apply", ...way, "--filename", folder]);
        expect(words(output)).toEqual(new Set([way.length === 0 ? "unchanged" : "serverside-applied"]));
        expect(await versions(server, folder)).toEqual(before);
      });
    });
  });
});

/** Where each object stands: a write that changes anything counts it up. */
async function versions(server: ApiServer, folder: string): Promise<string> {
  return server.succeed([
    "get",
    "--filename",
    folder,
    "--output",
    "jsonpath={.items[*].metadata.resourceVersion}",
  ]);
}
