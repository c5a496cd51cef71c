import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Manifests, publish } from "../../lib/synthesis";
import { declareMissing } from "../engines/describe";

const manifests = (text: string): Manifests => new Map([["ConfigMap.x.k8s.yaml", text.repeat(2000)]]);
const publishTo = (output: string, text: string) =>
  publish({ environments: "", output }, new Map(["a", "b"].map((name) => [name, manifests(text)])));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "file-systems-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const contentOf = (output: string) =>
  ["a", "b"].map((name) => readFileSync(join(output, name, "ConfigMap.x.k8s.yaml"), "utf8").slice(0, 3));

describe("links", () => {
  test("above the output, and the output itself, are followed", () => {
    mkdirSync(join(folder, "real"));
    symlinkSync(join(folder, "real"), join(folder, "above"));
    publishTo(join(folder, "above", "dist"), "one");
    expect(contentOf(join(folder, "real", "dist"))).toEqual(["one", "one"]);
    symlinkSync(join(folder, "real", "dist"), join(folder, "output"));
    publishTo(join(folder, "output"), "two");
    expect(contentOf(join(folder, "real", "dist"))).toEqual(["two", "two"]);
  });

  test("in an environment's folder stay as they are, and what they lead to", () => {
    const output = join(folder, "dist");
    publishTo(output, "one");
    mkdirSync(join(folder, "elsewhere"));
    writeFileSync(join(folder, "elsewhere", "mine"), "mine");
    symlinkSync(join(folder, "elsewhere"), join(output, "a", "elsewhere"));
    symlinkSync("nowhere", join(output, "b", "nowhere"));
    publishTo(output, "two");
    expect(readlinkSync(join(output, "b", "nowhere"))).toBe("nowhere");
    expect(readFileSync(join(output, "a", "elsewhere", "mine"), "utf8")).toBe("mine");
  });

  test("in place of synth's own folder are refused: what is there is removed", () => {
    const output = join(folder, "dist");
    publishTo(output, "one");
    mkdirSync(join(folder, "elsewhere", "old"), { recursive: true });
    symlinkSync(join(folder, "elsewhere"), join(output, ".synth"));
    expect(() => publishTo(output, "two")).toThrow(
      `${join(output, ".synth")}: is no folder, but synth keeps its own work there; move it away`,
    );
    expect(existsSync(join(folder, "elsewhere", "old"))).toBe(true);
    expect(contentOf(output)).toEqual(["one", "one"]);
  });
});

const mount = (...args: readonly string[]) => spawnSync("mount", args).status === 0;

/** Whether file systems can be mounted here. */
function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), "mount-"));
  const mounted = mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", place);
  if (mounted) spawnSync("umount", [place]);
  rmSync(place, { recursive: true });
  return mounted;
}

function withMounts(): void {
  let place: string;
  beforeEach(() => {
    place = join(folder, "mounted");
    mkdirSync(place);
    mount("-t", "tmpfs", "-o", "size=512k", "tmpfs", place);
  });
  afterEach(() => spawnSync("umount", [place]));

  test("a full disk is said in a line, leaves the output as it was, and the next run ends what was begun", () => {
    const output = join(place, "dist");
    publishTo(output, "one");
    const { bavail, bsize } = statfsSync(place);
    writeFileSync(join(place, "full"), Buffer.alloc((bavail - 3) * bsize));
    expect(() => publishTo(output, "two")).toThrow(
      /^[^\n]*: can't be written, as the disk is full; make room$/,
    );
    expect(contentOf(output)).toEqual(["one", "one"]);
    rmSync(join(place, "full"));
    publishTo(output, "two");
    expect(contentOf(output)).toEqual(["two", "two"]);
    expect(readdirSync(output)).toEqual(["a", "b"]);
  });

  test.each(["dist", "new", "new/below"])("a read-only file system is said in a line: %s", (name) => {
    publishTo(join(place, "dist"), "one");
    mount("-o", "remount,ro", place);
    const readOnly = /^[^\n]*: can't be written, as its file system is read-only; name another folder$/;
    expect(() => publishTo(join(place, name), "two")).toThrow(readOnly);
    expect(contentOf(join(place, "dist"))).toEqual(["one", "one"]);
  });
}

const title = "file systems that take nothing";
if (canMount()) describe(title, withMounts);
else declareMissing(title, "file systems can't be mounted: be root on Linux", withMounts);
