import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CapsuleName, Signal, StabilityLevel } from "../../lib/alloy";
import { UsageError } from "../../lib/synthesis";
import type { BodyReference, IdentifierSchema, NestedConfigSchema } from "../generate-alloy/schema";

/** What the program in scripts/alloy-schema reads of a version of Alloy. */
export interface SourceSchema {
  readonly components: readonly SourceComponent[];
  readonly configBlocks: readonly SourceComponent[];
  readonly stdlib: { readonly identifiers: readonly IdentifierSchema[] };
}

export interface SourceComponent {
  readonly name: string;
  readonly stability: StabilityLevel | "community";
  /** Of a block that configures Alloy itself. */
  readonly label?: "none" | "required";
  /** The signals that an exporter names. */
  readonly accepts?: readonly Signal[];
  readonly args: SourceBody | NestedConfigSchema;
  readonly exports?: readonly { readonly name: string; readonly type: SourceType }[];
}

export interface SourceBody {
  readonly attributes?: readonly SourceAttribute[];
  readonly blocks?: readonly SourceBlock[];
  readonly go: string;
  readonly label?: boolean;
}

export interface SourceAttribute {
  readonly name: string;
  readonly optional?: boolean;
  readonly type: SourceType;
  readonly default?: unknown;
  /** The expression that gives the default, where only other modules tell its value. */
  readonly unknownDefault?: string;
}

export interface SourceBlock {
  readonly name: string;
  readonly optional?: boolean;
  readonly repeated?: boolean;
  readonly enum?: string;
  readonly body: SourceBody | BodyReference | NestedConfigSchema;
}

export type SourceType =
  | { readonly k: "string"; readonly go?: string; readonly words?: readonly string[] }
  | { readonly k: "number"; readonly num: "int" | "uint" | "float"; readonly bits: number }
  | { readonly k: "bool" | "duration" | "secret" | "optional_secret" | "target" | "any" }
  | { readonly k: "list" | "map"; readonly of: SourceType }
  | { readonly k: "object"; readonly fields: readonly SourceAttribute[]; readonly go: string }
  | { readonly k: "capsule"; readonly name: CapsuleName };

/** A module as the Go module proxy has it. */
export interface Module {
  readonly version: string;
  /** Its checksum, as go.sum has it. Absent for a version that a clone has. */
  readonly sum?: string | undefined;
  readonly folder: string;
}

const alloy = "github.com/grafana/alloy";

/** The sources of Alloy's versions, and what is read of them. Needs Go. */
export class AlloySources {
  private readonly temporary = mkdtempSync(join(tmpdir(), "alloy-sources-"));
  private program: string | undefined;

  /** @param git a clone of github.com/grafana/alloy, for what the Go module proxy lacks. @default - none */
  constructor(private readonly git?: string) {}

  /** @throws UsageError where neither the proxy nor the clone has the version */
  of(version: string): Module {
    try {
      return this.downloaded(alloy, version);
    } catch (error) {
      const clone = this.cloned(version);
      if (clone !== undefined) return clone;
      throw error;
    }
  }

  /** The module of the configuration language that a version is built with. */
  syntaxOf({ folder }: Module): Module {
    const [, version] = /^\s*github\.com\/grafana\/alloy\/syntax (v\S+)/m.exec(read(folder, "go.mod")) ?? [];
    if (version === undefined) throw new UsageError(`${folder}/go.mod names no version of ${alloy}/syntax`);
    return this.downloaded(`${alloy}/syntax`, version);
  }

  /** @param syntax has the functions of the language, with their old names. @default - those in the documentation */
  schemaOf({ folder }: Module, syntax?: Module): SourceSchema {
    this.program ??= this.built();
    const folders = [folder, ...(syntax === undefined ? [] : [syntax.folder])];
    return JSON.parse(execFileSync(this.program, folders, { encoding: "utf8", maxBuffer: 2 ** 28 }));
  }

  /** Removes what was built. */
  close(): void {
    rmSync(this.temporary, { recursive: true });
  }

  private built(): string {
    const program = join(this.temporary, "alloy-schema");
    const cwd = join(__dirname, "../alloy-schema");
    execFileSync("go", ["build", "-o", program, "."], { cwd, stdio: "inherit" });
    return program;
  }

  private cloned(version: string): Module | undefined {
    const { git } = this;
    if (git === undefined) return undefined;
    const has = spawnSync("git", ["-C", git, "rev-parse", "--verify", "-q", `${version}^{tree}`]);
    if (has.status !== 0) return undefined;
    const folder = mkdtempSync(join(this.temporary, `${version}-`));
    const parts = [":(glob)internal/**/*.go", "docs/sources", "go.mod"];
    const archive = execFileSync("git", ["-C", git, "archive", version, ...parts], { maxBuffer: 2 ** 30 });
    execFileSync("tar", ["-x", "-C", folder], { input: archive });
    return { version, folder };
  }

  private downloaded(path: string, version: string): Module {
    const { status, stdout, error } = spawnSync("go", ["mod", "download", "-json", `${path}@${version}`], {
      cwd: this.temporary,
      encoding: "utf8",
    });
    if (error !== undefined) throw new UsageError("go is not on PATH: install Go 1.26 or newer");
    const { Dir: folder, Sum: sum, Error: message }: Download = JSON.parse(stdout || "{}");
    if (status === 0 && folder !== undefined) return { version, sum, folder };
    const reason = (message ?? `${path}@${version}`).replace(/\s+/g, " ");
    throw new UsageError(`${reason}; name a clone of ${alloy} by --git`);
  }
}

interface Download {
  readonly Dir?: string;
  readonly Sum?: string;
  readonly Error?: string;
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

/** Puts the oldest version first. */
export function byAge(one: string, other: string): number {
  const [numbers, others] = [one, other].map((version) => version.slice(1).split(".").map(Number));
  const at = numbers?.findIndex((number, index) => number !== others?.[index]) ?? -1;
  return at === -1 ? 0 : (numbers?.[at] ?? 0) - (others?.[at] ?? 0);
}
