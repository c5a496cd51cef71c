import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PinnedVersions } from "../../../lib/chart/render/pins";
import { RenderStore } from "../../../lib/chart/render/renders";
import { type Environment, loadEnvironments } from "../../../lib/environment";
import { ChartLibrary } from "../../../scripts/chart/chart-library";
import { readPins, writePins } from "../../../scripts/chart/pins";
import { upgradeChart } from "../../../scripts/chart/upgrade-chart";
import type { UpgradeRequest } from "../../../scripts/chart/upgrade-plan";

const least = "container_runtime: crio\nlocal: {endpoint: http://otlp.example.com:4318}\n";

/** What the registry of tests has an image under. */
export function digestFor(image: string): string {
  return `sha256:${createHash("sha256").update(image).digest("hex")}`;
}

/** Environments and what is recorded for them, in a folder. */
export class Fleet {
  constructor(private readonly folder: string) {
    mkdirSync(this.environmentFolder, { recursive: true });
    mkdirSync(this.records, { recursive: true });
  }

  /** What a registry says of an image. */
  digestOf = async (image: string): Promise<string> => digestFor(image);

  /** Writes an environment with these settings besides those that each needs. */
  add(name: string, settings = ""): void {
    writeFileSync(this.fileOf(name), least + settings);
  }

  fileOf(name: string): string {
    return join(this.environmentFolder, `${name}.yaml`);
  }

  pin(pins: PinnedVersions): void {
    writePins(this.store(), pins);
  }

  get pins(): PinnedVersions {
    return readPins(this.store());
  }

  /** What is recorded, by path, and the environments: everything that an upgrade may change. */
  get files(): Readonly<Record<string, string>> {
    const paths = readdirSync(this.folder, { recursive: true, encoding: "utf8", withFileTypes: true });
    return Object.fromEntries(
      paths
        .filter((entry) => entry.isFile() && /^(records|environments)/.test(this.relative(entry.parentPath)))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [this.relative(path), readFileSync(path, "utf8")]),
    );
  }

  /** The paths of what is recorded, with `*` for the hashes. */
  get recorded(): readonly string[] {
    const paths = Object.keys(this.files).filter((path) => path.startsWith("records"));
    return paths.map((path) => path.slice("records/".length).replace(/[0-9a-f]{16}/, "*")).sort();
  }

  /**
   * @param versions of the chart that environments name: the loader knows only those that are committed
   */
  environments(versions: Readonly<Record<string, string>> = {}): readonly Environment[] {
    return loadEnvironments(this.environmentFolder).map((environment) => {
      const chartVersion = versions[environment.name];
      return { ...environment, ...(chartVersion !== undefined && { chartVersion }) };
    });
  }

  upgrade(
    request: Partial<UpgradeRequest> & Pick<UpgradeRequest, "version">,
    location?: string,
    environments = this.environments(),
  ): Promise<string> {
    const charts = new ChartLibrary(location);
    return upgradeChart({ names: [], ...request }, environments, this.store(), charts, this.digestOf);
  }

  /** A store that has read nothing yet. */
  store(): RenderStore {
    return new RenderStore(this.records);
  }

  private relative(path: string): string {
    return path.slice(this.folder.length + 1);
  }

  private get environmentFolder(): string {
    return join(this.folder, "environments");
  }

  private get records(): string {
    return join(this.folder, "records");
  }
}
