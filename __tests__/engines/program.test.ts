import { join } from "node:path";
import { build } from "../../scripts/go-program";
import { Connection } from "./connection";
import { describeWithEngines } from "./engines";

describe("build", () => {
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });

  test("says what to install where there is no go", () => {
    process.env.PATH = "";

    expect(build({ folder: "engines" })).toEqual({ missing: "go is not on PATH: install Go 1.26 or newer" });
  });
});

describeWithEngines("a connection", () => {
  // The block is only declared where this is an executable.
  const built = build({ folder: "engines" });
  const connect = () => new Connection("executable" in built ? built.executable : "");

  test("rejects a request that the program does not know", async () => {
    const connection = connect();

    await expect(connection.ask("fromat", {})).rejects.toThrow('fromat: unknown op "fromat"');
    expect(await connection.ask("format", { text: "" })).toMatchObject({ ok: true });
    await connection.close();
  });

  test("rejects a field of the wrong type", async () => {
    const connection = connect();

    await expect(connection.ask("format", { text: 1 })).rejects.toThrow(
      "format: json: cannot unmarshal number",
    );
    await connection.close();
  });

  test("rejects requests to a program that has ended", async () => {
    const connection = connect();
    await connection.close();

    await expect(connection.ask("format", { text: "" })).rejects.toThrow("ended: 0");
  });

  test("rejects requests to a program that does not start", async () => {
    const connection = new Connection(join(__dirname, "missing"));

    await expect(connection.ask("format", { text: "" })).rejects.toThrow("ENOENT");
  });
});
