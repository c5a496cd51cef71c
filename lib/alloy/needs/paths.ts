import type { FindBlock, HostPathRequirement, Requirement, UnknownRequirement } from "../schema/requirement";
import type { Place } from "../syntax/source";
import { attributeIn, type BodySyntax, type Syntax, textOf } from "../syntax/tree";
import { literal } from "./literals";
import { type Target, targetsOf } from "./targets";

/** A path of the node at the same place in the container, to read. */
export function nodePath(hostPath: string, mountPath = hostPath): HostPathRequirement {
  return { kind: "hostPath", name: volumeName(hostPath), hostPath, mountPath, readOnly: true };
}

/** A volume's name for a path: with a hash where it would not tell it from others. */
function volumeName(path: string): string {
  const plain = `path${path === "/" ? "-root" : path.replaceAll("/", "-")}`;
  if (/^[a-z0-9-]{1,63}$/.test(plain) && !path.includes("-")) return plain;
  const hash = [...path].reduce(
    (sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619),
    2_166_136_261,
  );
  const readable = plain
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, 54)
    .replace(/-+$/, "");
  return `${readable}-${(hash >>> 0).toString(16).padStart(8, "0")}`;
}

function unknown(path: string, at: Place | undefined): UnknownRequirement {
  return { kind: "unknown", of: "hostPath", argument: path, at };
}

/** The folder that holds the files which a path, or a pattern with `*`, stands for; undefined where it can't be told. */
function folderOf(files: string): string | undefined {
  const [fixed = ""] = files.split(/[*?[{$]/, 1);
  const folder =
    files === fixed ? files.slice(0, files.lastIndexOf("/")) : fixed.slice(0, fixed.lastIndexOf("/"));
  return /^(\/(?!\.\.?(\/|$))[\w.+@-]+)+$/.test(folder) ? folder : undefined;
}

/**
 * Where systemd keeps the journal. Without a path, those of this machine alone are read, by its id.
 * Source: Alloy's page of `loki.source.journal`, sd_journal_open(3) (read).
 */
export function journalNeed(body: BodySyntax): readonly Requirement[] {
  const path = attributeIn(body, "path");
  if (path === undefined || textOf(path) === "") {
    return ["/var/log/journal", "/run/log/journal", "/etc/machine-id"].map((one) => nodePath(one));
  }
  const text = textOf(path);
  return [text === undefined ? unknown("path", path.at) : nodePath(text.replace(/(?<=.)\/+$/, ""))];
}

/** The folders of the files that targets name. */
export function targetFilesNeed(body: BodySyntax, find: FindBlock): readonly Requirement[] {
  return filesOf("targets", body, find);
}

/** The folders of the files that patterns of targets match. */
export function matchedFilesNeed(body: BodySyntax, find: FindBlock): readonly Requirement[] {
  return filesOf("path_targets", body, find);
}

/** The folders of the files that the targets in an attribute name by `__path__`. */
function filesOf(name: string, body: BodySyntax, find: FindBlock): readonly Requirement[] {
  const targets = attributeIn(body, name);
  return targets === undefined ? [] : targetsOf(targets, find).flatMap((target) => foldersOf(target, name));
}

function foldersOf(target: Target, name: string): readonly Requirement[] {
  switch (target.in) {
    case "map":
      return [folderFrom(target.labels.get("__path__"), name, target.value)];
    case "relabelled": {
      const paths = target.rules.filter((rule) => literal(rule, "target_label") === "__path__");
      const [first] = paths;
      if (first === undefined) return target.of.flatMap((one) => foldersOf(one, name));
      return paths.map((rule) =>
        folderFrom(literal(rule, "replacement"), name, attributeIn(rule, "replacement")),
      );
    }
    case "matched":
      return [];
    default:
      return [unknown(name, "value" in target ? target.value.at : undefined)];
  }
}

function folderFrom(files: unknown, name: string, value: Syntax | undefined): Requirement {
  const folder = typeof files === "string" ? folderOf(files) : undefined;
  return folder === undefined ? unknown(name, value?.at) : nodePath(folder);
}

/** The folders of files that a list of patterns stands for. */
export function includedNeed(body: BodySyntax): readonly Requirement[] {
  const include = attributeIn(body, "include");
  const items = include?.kind === "list" ? include.items : include === undefined ? [] : [include];
  return items.map((item) => folderFrom(textOf(item), "include", item));
}

/** What `prometheus.exporter.unix` and `prometheus.exporter.process` read of the node, where they look for it. */
export function nodeFilesNeed(body: BodySyntax): readonly Requirement[] {
  const places = [
    ["procfs_path", "/proc", "/proc"],
    ["sysfs_path", "/sys", "/sys"],
    ["rootfs_path", "/", "/"],
  ] as const;
  return places.flatMap(([attribute, hostPath, usual]): readonly Requirement[] => {
    const value = attributeIn(body, attribute);
    const path = value === undefined ? usual : textOf(value);
    if (path === undefined) return [unknown(attribute, value?.at)];
    // The container's own root can't be the node's.
    return path === "/" ? [] : [nodePath(hostPath, path)];
  });
}

/** The processes of the node. */
export function processesNeed(body: BodySyntax): readonly Requirement[] {
  const path = attributeIn(body, "procfs_path");
  const text = path === undefined ? "/proc" : textOf(path);
  return [text === undefined ? unknown("procfs_path", path?.at) : nodePath("/proc", text)];
}

/** Paths that no argument tells. */
export function unknownPathNeed(): readonly Requirement[] {
  return [{ kind: "unknown", of: "hostPath" }];
}

/** The socket of the node by which Docker is asked, if a URL names one. */
export function dockerSocketNeed(body: BodySyntax): readonly Requirement[] {
  const path = /^unix:\/\/(\/.*)$/.exec(textOf(attributeIn(body, "host")) ?? "")?.[1];
  return path === undefined ? [] : [{ ...nodePath(path), type: "Socket" }];
}
