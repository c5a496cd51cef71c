import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChartError } from "../../../lib/chart/render/names";
import { publishedDigest } from "../../../scripts/chart/published-digest";

const chart = { name: "small", version: "1.0.0", repository: "" };

// Of repositories and registries: upgrade-chart.test.ts.
describe("publishedDigest", () => {
  const folder = mkdtempSync(join(tmpdir(), "published-digest-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("of an archive is that of its bytes", () => {
    const location = join(folder, "small.tgz");
    writeFileSync(location, "bytes");
    expect(publishedDigest(chart, { kind: "archive", location })).toBe(
      createHash("sha256").update("bytes").digest("hex"),
    );
  });

  test("is asked for where a folder has none", () => {
    expect(() => publishedDigest(chart, { kind: "folder", location: folder })).toThrow(
      new ChartError(
        `${folder} is a folder, which has no digest to pin; add --digest with the SHA-256 of the published archive, or name a repository, an OCI address or an archive`,
      ),
    );
  });
});
