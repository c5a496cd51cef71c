import { problemsOf } from "./reading";
import { settingMistakes } from "./setting-mistakes";

describe("a setting", () => {
  for (const [name, { bad, says, good }] of Object.entries(settingMistakes)) {
    test(`${name} is refused`, () => {
      expect(problemsOf(...bad)).toEqual(says);
    });
    test(`beside ${name}: accepted`, () => {
      expect(problemsOf(...good)).toEqual([]);
    });
  }
});
