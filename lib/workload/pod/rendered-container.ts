import type { k8s } from "cdk8s-plus-28";
import {
  copyJson,
  copyMap,
  type ImageDigests,
  isJsonMap,
  type Json,
  type JsonMap,
  mapAt,
  mapsAt,
  type Resources,
  WorkloadError,
} from "../../chart";
import { type ImageVersion, inBaseUnits } from "../../schema";
import type { VolumeMount } from "../grants/pod-grants";

/** The name of a container image, taken apart: `registry/repository:tag@digest`. */
export interface ImageReference extends ImageVersion {
  /** Absent: the one that the node's container runtime takes. */
  readonly registry?: string | undefined;
  readonly repository: string;
}

const reference =
  /^(?:(?<registry>localhost(?::\d+)?|[^/@]*[.:][^/@]*)\/)?(?<repository>[^/:@]+(?:\/[^/:@]+)*)(?::(?<tag>[^@]+))?(?:@(?<digest>.+))?$/;

/** @returns undefined when the text is no reference */
export function parseImage(text: string): ImageReference | undefined {
  const { registry, repository, tag, digest } = reference.exec(text)?.groups ?? {};
  return repository === undefined ? undefined : { registry, repository, tag, digest };
}

/** The text of a reference, as {@link parseImage} reads it. */
export function formatImage({ registry, repository, tag, digest }: ImageReference): string {
  const place = registry === undefined ? "" : `${registry}/`;
  return `${place}${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** A variable of a container, and where it comes from. */
type EnvVar = Pick<k8s.EnvVar, "name" | "value"> & {
  readonly valueFrom?: Pick<k8s.EnvVarSource, "configMapKeyRef" | "fieldRef" | "secretKeyRef">;
};

/** What a container has where the chart says nothing. */
interface ContainerDefaults extends Pick<k8s.Container, "securityContext"> {
  readonly resources?: Resources;
}

/** A container of a rendered workload. */
export class RenderedContainer {
  /** @param fields the container */
  constructor(private readonly fields: Fields) {}

  /** The image that it runs. */
  get image(): ImageReference {
    const text = this.fields.text("image");
    const image = parseImage(text);
    if (image === undefined) {
      throw new WorkloadError(`${this.fields.where} has the image ${text}, which is no name of one`);
    }
    return image;
  }

  /** Takes the image from another registry, which may have a path. */
  pullFrom(registry: string): void {
    this.fields.map.image = formatImage({ ...this.image, registry });
  }

  /** Runs another version of the image. Of the chart's, neither tag nor digest stays. */
  useVersion(version: ImageVersion): void {
    const { tag: _, digest: __, ...image } = this.image;
    this.fields.map.image = formatImage({ ...image, ...version });
  }

  /** Runs the image by its digest, if that is known and the image has none. The tag stays, for people. */
  pinImage(digests: ImageDigests): void {
    const { image } = this;
    const digest = image.digest ?? digests[formatImage(image)];
    this.fields.map.image = formatImage({ ...image, digest });
  }

  /**
   * Mounts a volume.
   *
   * @throws WorkloadError when something is mounted at the path already
   */
  addMount(mount: VolumeMount): void {
    const mounts = this.fields.list("volumeMounts");
    if (this.fields.maps("volumeMounts").some((other) => other.mountPath === mount.mountPath)) {
      throw new WorkloadError(`${this.fields.where} has something mounted at ${mount.mountPath} already`);
    }
    mounts.push(copyJson(mount));
  }

  /**
   * Sets an environment variable.
   *
   * @throws WorkloadError when it is set already
   */
  addVariable(variable: EnvVar): void {
    const variables = this.fields.list("env");
    if (this.fields.maps("env").some((other) => other.name === variable.name)) {
      throw new WorkloadError(`${this.fields.where} has a variable ${variable.name} already`);
    }
    variables.push(copyJson(variable));
  }

  /** Sets an environment variable, unless the chart's values do. */
  addDefaultVariable(name: string, value: string): void {
    if (!this.fields.maps("env").some((other) => other.name === name)) this.addVariable({ name, value });
  }

  /** The limit of an amount, in cores or bytes; undefined where there is none. */
  limit(name: "cpu" | "memory"): number | undefined {
    const amount = mapAt(mapAt(this.fields.map, "resources"), "limits")[name];
    return amount === undefined || amount === null ? undefined : inBaseUnits(String(amount));
  }

  /** Adds an argument that may be there several times, such as `--watched-dir`. */
  addArgument(flag: string, value: string): void {
    this.fields.list("args").push(`${flag}=${value}`);
  }

  /**
   * The value of the argument that the chart sets for a flag.
   *
   * @throws WorkloadError unless the flag is there once
   */
  argument(flag: string): string {
    return String(this.fields.list("args")[this.placeOf(flag)]).slice(flag.length + 1);
  }

  /** Whether there is an argument for a flag. */
  hasArgument(flag: string): boolean {
    return this.fields.list("args").some((argument) => sets(argument, flag));
  }

  /**
   * Gives the argument that the chart sets for a flag another value.
   *
   * @throws WorkloadError unless the flag is there once
   */
  setArgument(flag: string, value: string): void {
    this.fields.list("args")[this.placeOf(flag)] = `${flag}=${value}`;
  }

  /** Has its probes and hooks look for HTTP elsewhere, and its named port say so. What the chart leaves out stays out. */
  moveHttp(
    name: string,
    from: number,
    to: { readonly port: number; readonly host?: string | undefined },
  ): void {
    const { map } = this.fields;
    for (const port of mapsAt(map, "ports")) {
      if (port.name === name) port.containerPort = to.port;
    }
    const lifecycle = mapAt(map, "lifecycle");
    const handlers = [
      mapAt(map, "readinessProbe"),
      mapAt(map, "livenessProbe"),
      mapAt(lifecycle, "postStart"),
      mapAt(lifecycle, "preStop"),
    ];
    for (const asked of handlers.flatMap((handler) => [
      mapAt(handler, "httpGet"),
      mapAt(handler, "tcpSocket"),
    ])) {
      if (asked.port === from || asked.port === name) {
        asked.port = to.port;
        fillIn(asked, to);
      }
    }
  }

  /** Whether the chart's values give it the privileges that include all others. */
  get isPrivileged(): boolean {
    const { privileged, capabilities } = this.map("securityContext");
    const added = isJsonMap(capabilities) && Array.isArray(capabilities.add) ? capabilities.add : [];
    return privileged === true || added.includes("SYS_ADMIN") || added.includes("CAP_SYS_ADMIN");
  }

  /** Sets what the chart leaves out. */
  addDefaults(defaults: ContainerDefaults): void {
    fillIn(this.fields.map, defaults);
  }

  /** Takes all capabilities away but those that the chart's values and these ask for. */
  limitCapabilities(add: readonly string[]): void {
    const context = this.map("securityContext");
    const capabilities = mapAt(context, "capabilities");
    const added = Array.isArray(capabilities.add) ? capabilities.add : [];
    const all = [...new Set([...added, ...add])].sort();
    context.capabilities = { drop: ["ALL"], ...(all.length === 0 ? {} : { add: all }) };
  }

  private placeOf(flag: string): number {
    const places = this.fields.list("args").flatMap((argument, at) => (sets(argument, flag) ? [at] : []));
    const [place] = places;
    if (place === undefined || places.length > 1) {
      throw new WorkloadError(`${this.fields.where} has ${places.length} arguments ${flag}=…, and not one`);
    }
    return place;
  }

  /** The map of a key that the chart leaves out when it is empty. */
  private map(key: string): ReturnType<typeof copyMap> {
    const value = this.fields.map[key];
    const map = isJsonMap(value) ? value : copyMap({});
    this.fields.map[key] = map;
    return map;
  }
}

function sets(argument: Json, flag: string): boolean {
  return typeof argument === "string" && argument.startsWith(`${flag}=`);
}

/**
 * A map of a rendered object, read with care: a chart may come to render another shape, and a change that no
 * longer fits it must fail and not go missing.
 */
export class Fields {
  /**
   * @param map is changed in place
   * @param where names the map in messages
   */
  constructor(
    readonly map: JsonMap,
    readonly where: string,
  ) {}

  /** The map at a path. */
  fields(...path: readonly string[]): Fields {
    let map = this.map;
    for (const key of path) {
      const value = map[key];
      if (!isJsonMap(value)) throw this.missing("map", path.join("."));
      map = value;
    }
    return new Fields(map, this.where);
  }

  /** The list of a key. */
  list(key: string): Json[] {
    const value = this.map[key];
    if (!Array.isArray(value)) throw this.missing("list", key);
    return value;
  }

  /** The maps in the list of a key. */
  maps(key: string): readonly JsonMap[] {
    return this.list(key).filter(isJsonMap);
  }

  /** The text of a key. */
  text(key: string): string {
    const value = this.map[key];
    if (typeof value !== "string") throw this.missing("text", key);
    return value;
  }

  private missing(what: string, key: string): WorkloadError {
    return new WorkloadError(
      `${this.where} has no ${what} at ${key}: what lib/workload changes there no longer fits what the chart renders`,
    );
  }
}

/** Sets what a map leaves out, in the maps that it holds too. What is there stays. */
export function fillIn(map: JsonMap, defaults: object): void {
  for (const [key, value] of Object.entries(copyMap(defaults))) {
    const present = map[key];
    if (present === undefined) {
      map[key] = value;
    } else if (isJsonMap(present) && isJsonMap(value)) {
      fillIn(present, value);
    }
  }
}
