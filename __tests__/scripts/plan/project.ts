import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
const code = ["node_modules", "lib", "imports", "scripts", "main.ts"];

/** A copy of the project that is a repository of git, with environments whose manifests are committed. */
export class Project {
  readonly path = mkdtempSync(join(tmpdir(), "project-"));

  constructor(environments: Readonly<Record<string, string>>) {
    for (const name of code) symlinkSync(join(root, name), join(this.path, name));
    cpSync(join(root, "package.json"), join(this.path, "package.json"));
    for (const [name, text] of Object.entries(environments)) this.write(`environments/${name}.yaml`, text);
    this.write(".gitignore", `${code.join("\n")}\n`);
    this.git("init", "--quiet");
    this.synth();
    this.commit();
  }

  write(file: string, text: string): void {
    mkdirSync(join(this.path, file, ".."), { recursive: true });
    writeFileSync(join(this.path, file), text);
  }

  run(program: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
    const env = { ...process.env, CDK8S_OUTDIR: undefined, ...variables };
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: this.path, encoding: "utf8", env });
    return { status, stdout, stderr };
  }

  git(...args: readonly string[]): string {
    const own = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    const { status, stdout, stderr } = this.run("git", [...own, ...args]);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    return stdout.trim();
  }

  commit(): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "x");
  }

  synth(...args: readonly string[]): void {
    expect(this.run(process.execPath, ["scripts/run.js", "main.ts", ...args])).toMatchObject({ status: 0 });
  }

  plan(...args: readonly string[]) {
    return this.run(process.execPath, ["scripts/run.js", "scripts/plan.ts", ...args]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
