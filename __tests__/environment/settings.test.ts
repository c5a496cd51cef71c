import { destinationMistakes } from "./destinations/destination-mistakes";
import { diagnosticsOf } from "./reading";
import { secretMistakes } from "./secrets/secret-mistakes";
import { settingMistakes } from "./setting-mistakes";

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
