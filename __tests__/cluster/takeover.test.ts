import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parse } from "yaml";
import { packChart } from "../chart/fixtures/packed-chart";
import { describeWithHelm } from "../chart/fixtures/with-helm";
import { describeWithApiServer } from "../engines/api-server";
import { fleet, writeManifests } from "../fleet/fleet";
import { live } from "./live";

const helm = process.env.HELM || "helm";
const environment = join(writeManifests(fleet), "least");
const here = ["--namespace", "monitoring"];
const ways = [
  ["by the client", []],
  ["by the server", ["--server-side", "--force-conflicts"]],
] as const;

/** The page's commands for those who come from the Helm release. */
const [before = "", apply = "", after = ""] = [
  ...(readFileSync("docs/gitops.md", "utf8").split("\n## From the Helm release\n")[1] ?? "").matchAll(
    /```sh\n(.*?)```/gs,
  ),
].map(([, block = ""]) => block);

describeWithApiServer("from the Helm release", (server) => {
  describeWithHelm("of today's agent", () => {
    const folder = mkdtempSync(join(tmpdir(), "takeover-"));
    let fresh: unknown;

    beforeAll(async () => {
      await server.startNodes(2);
      await server.startControllers();
      await server.keep();
      await server.succeed(["apply", "--filename", environment]);
      fresh = await live(server, environment);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const text = (file: string) => readFileSync(join(__dirname, file), "utf8");
    const definition = ["customresourcedefinition/podlogs.monitoring.grafana.com", "--output", "name"];

    async function install(release: string, files: Readonly<Record<string, string>>): Promise<void> {
      const { archive } = packChart(folder, release, "1.0.0", files);
      await run(helm, "install", release, archive, ...here);
    }

    async function upgrade(): Promise<void> {
      const changed = text("running-release.yaml").replace(
        "--stability.level=experimental",
        "$&\n            - --disable-reporting",
      );
      const { archive } = packChart(folder, "alloy", "1.0.1", { "templates/all.yaml": changed });
      await run(helm, "upgrade", "alloy", archive, ...here);
      await rolledOut();
    }

    beforeEach(async () => {
      await server.reset();
      await server.succeed(["create", "namespace", "monitoring"]);
      await install("alloy", {
        "templates/all.yaml": text("running-release.yaml"),
        "crds/podlogs.yaml": text("running-definition.yaml"),
      });
      await install("alloy-config", { "templates/all.yaml": text("running-config.yaml") });
      await rolledOut();
    });

    async function run(command: string, ...args: readonly string[]): Promise<string> {
      const { status, stdout, stderr } = await server.run(command, args);
      if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}${stdout}`);
      return stdout;
    }

    const shell = (script: string) => run("sh", "-ec", script);
    const rolledOut = () => server.succeed(["rollout", "status", "daemonset/alloy", ...here]);

    function pods(): Promise<string> {
      const owner = "{.metadata.uid} {.metadata.ownerReferences[*].uid}";
      return server.succeed([
        "get",
        "pods",
        ...here,
        "--output",
        `jsonpath={range .items[*]}${owner}{"\\n"}{end}`,
      ]);
    }

    async function volumes(): Promise<string> {
      const pod = "{.spec.template.spec.hostNetwork} {.spec.template.spec.volumes[*].name}";
      return server.succeed(["get", "daemonset/alloy", ...here, "--output", `jsonpath=${pod}`]);
    }

    async function maySeeSecrets(): Promise<string> {
      const agent = "system:serviceaccount:monitoring:alloy";
      const { stdout } = await server.kubectl(["auth", "can-i", "list", "secrets", "--as", agent]);
      return stdout.trim();
    }

    describe.each(ways)("apply %s", (_, way) => {
      test("alone leaves what the release had and the manifest has not, and diff says nothing of it", async () => {
        await server.succeed(["apply", ...way, "--filename", environment]);
        expect(await volumes()).toMatch(/^true .*\bcrio-sock\b/);
        expect(await server.kubectl(["diff", ...way, "--filename", environment])).toMatchObject({
          status: 0,
          stdout: "",
        });
      });

      test("after the page's commands leaves exactly what a new cluster has", async () => {
        const running = (await pods()).split("\n").map((line) => line.split(" ")[0]);
        await shell(before);
        // The agents go on, owned by nobody.
        expect((await pods()).split("\n").map((line) => line.trim())).toEqual(running);

        await shell(apply.replace(/--filename \S+/, [...way, "--filename", environment].join(" ")));
        await shell(after);

        expect(await live(server, environment)).toEqual(fresh);
        expect(await maySeeSecrets()).toBe("no");
        expect(await run(helm, "list", ...here, "--short")).toBe("");
        // Neither Helm nor apply takes a definition away: what others have by it would go, too.
        expect(await server.succeed(["get", ...definition])).not.toBe("");
      });

      test("later takes away what a manifest no longer has", async () => {
        await shell(before);
        await server.succeed(["apply", ...way, "--filename", environment]);
        const manifest = parse(readFileSync(join(environment, "DaemonSet.alloy.k8s.yaml"), "utf8"));
        const { containers, volumes: all } = manifest.spec.template.spec;
        const isKept = ({ name }: { name: string }) => name !== "sys";
        manifest.spec.template.spec.volumes = all.filter(isKept);
        containers[0].volumeMounts = containers[0].volumeMounts.filter(isKept);
        expect(await volumes()).toMatch(/\bsys\b/);
        await server.succeed(["apply", ...way, "--filename", "-"], JSON.stringify(manifest));
        expect(await volumes()).not.toMatch(/\bsys\b/);
      });
    });

    test("the release has rights that apply does not take", async () => {
      await server.succeed(["apply", "--filename", environment]);
      expect(await maySeeSecrets()).toBe("yes");
    });

    test("the release, where it is left, takes the agent away when it is uninstalled", async () => {
      await server.succeed(["apply", "--filename", environment]);
      await run(helm, "uninstall", "alloy", ...here);
      expect((await server.kubectl(["get", "daemonset/alloy", ...here])).stderr).toMatch(/NotFound/);
    });

    describe("the new DaemonSet adopts the running agents, and replaces them one by one,", () => {
      async function owned(): Promise<readonly (readonly string[])[]> {
        return (await pods())
          .trim()
          .split("\n")
          .map((line) => line.split(" "));
      }

      test.each([0, 1])("with %s upgrades of the release", async (upgrades) => {
        if (upgrades > 0) await upgrade();
        const running = (await owned()).map(([pod]) => pod);
        await shell(before);
        await shell(apply.replace(/dist\/\S+/, environment));
        const uid = ["--output", "jsonpath={.metadata.uid}"];
        const owner = await server.succeed(["get", "daemonset/alloy", ...here, ...uid]);
        while ((await owned()).some(([, by]) => by !== owner)) await setTimeout(100);
        // While the first new one is not ready for long enough, the others run on.
        expect((await owned()).some(([pod]) => running.includes(pod))).toBe(true);
        await rolledOut();
        const now = await owned();
        expect(now).toHaveLength(running.length);
        expect(now.filter(([pod]) => running.includes(pod))).toEqual([]);
      });
    });
  });
});
