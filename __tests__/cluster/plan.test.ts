import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithApiServer } from "../engines/api-server";
import { fleet, writeManifests } from "../fleet/fleet";

const environment = join(writeManifests(fleet.filter(({ name }) => name === "least")), "least");
const file = join(environment, "DaemonSet.alloy.k8s.yaml");
const manifest = readFileSync(file, "utf8");

describeWithApiServer("what the plan says of a DaemonSet that is there", (server) => {
  beforeAll(async () => {
    await server.startControllers();
    await server.succeed(["apply", "--filename", environment]);
  });

  async function apply(text: string) {
    writeFileSync(file, text);
    return server.kubectl(["apply", "--filename", file]);
  }

  const generation = async () => {
    const path = "jsonpath={.spec.template.metadata.labels.more} {.metadata.generation}";
    return server.succeed(["get", "daemonset/alloy", "--namespace", "monitoring", "--output", path]);
  };

  test("another selector is refused, and taken where it is deleted first", async () => {
    const more = manifest.replaceAll(/^( +)app\.kubernetes\.io\/name: alloy$/gm, "$&\n$1more: x");
    expect(more).toMatch(/matchLabels:\n( +).*\n\1.*\n\1more: x\n/);
    const refused = await apply(more);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("field is immutable") });
    await server.succeed(["delete", "daemonset/alloy", "--namespace", "monitoring", "--cascade=orphan"]);
    expect(await apply(more)).toMatchObject({ status: 0 });
    expect(await generation()).toBe("x 1");
  });
});
