import { isPrerelease, newestFirst } from "../../../lib/chart/render/pins";

test("versions are ordered by their numbers, and pre-releases come after what they lead to", () => {
  const ordered = ["2.0.0", "2.0.0-rc.2", "2.0.0-rc.1", "1.10.1", "1.10.0", "1.9.0+build", "1.9.0", "0.12.1"];
  expect(ordered.toReversed().sort(newestFirst)).toEqual(ordered);
  expect(ordered.filter(isPrerelease)).toEqual(["2.0.0-rc.2", "2.0.0-rc.1"]);
});
