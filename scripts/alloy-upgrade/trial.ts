import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "../../lib/synthesis";
import { generatedBindings } from "../generate-alloy/schema";

const root = join(__dirname, "../..");

/** Of what a program of this project is made. */
const parts = ["main.ts", "lib", "imports", "packages", "scripts", "package.json", "tsconfig.json"];

/** A copy of the project, in which new bindings are tried before they are written. */
export class Trial {
  private readonly folder = mkdtempSync(join(tmpdir(), "alloy-upgrade-"));

  /** @param files their texts, by their paths in the project */
  constructor(files: ReadonlyMap<string, string>) {
    for (const part of parts) cpSync(join(root, part), join(this.folder, part), { recursive: true });
    const { folder, ending } = generatedBindings;
    for (const name of readdirSync(join(this.folder, folder))) {
      if (ending.test(name)) rmSync(join(this.folder, folder, name));
    }
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    for (const [path, text] of files) writeFileSync(join(this.folder, path), text);
  }

  /** @throws UsageError with what the compiler says */
  typecheck(): void {
    const config = join(this.folder, "tsconfig.trial.json");
    writeFileSync(
      config,
      JSON.stringify({ extends: "./tsconfig.json", include: ["main.ts", "lib", "imports", "scripts"] }),
    );
    const { status, stdout } = this.run(join(root, "node_modules/typescript/bin/tsc"), ["-p", config]);
    if (status !== 0) throw new UsageError(`this project doesn't compile with it:\n${stdout.trim()}`);
  }

  /**
   * What changes in the manifests of environments.
   *
   * @throws UsageError where one doesn't synthesize
   */
  plan(environments: string, output: string): string {
    const places = [
      "--environments",
      resolve(environments),
      "--output",
      resolve(output),
      "--against",
      resolve(output),
    ];
    const program = join(this.folder, "scripts/run.js");
    const { status, stdout, stderr } = this.run(program, [join(this.folder, "scripts/plan.ts"), ...places]);
    if (status === 0 || status === 1) return stdout;
    throw new UsageError(`environments don't synthesize with it:\n${stderr.trim()}`);
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  private run(program: string, args: readonly string[]) {
    return spawnSync(process.execPath, [program, ...args], { cwd: this.folder, encoding: "utf8" });
  }
}
