import { diagnosticsOf } from "./reading";
import { settingMistakes } from "./setting-mistakes";
import { destinationMistakes } from "./settings/destination-mistakes";
import { secretMistakes } from "./settings/secret-mistakes";

describe("a setting", () => {
  for (const [name, { bad, says, good }] of Object.entries({
    ...settingMistakes,
    ...destinationMistakes,
    ...secretMistakes,
  })) {
    test(`${name} is refused`, () => {
      expect(diagnosticsOf(...bad)).toEqual(says);
    });
    test(`beside ${name}: accepted`, () => {
      expect(diagnosticsOf(...good)).toEqual([]);
    });
  }
});
