import { counted } from "../../scripts/counted";

test.each([
  [0, "0 files"],
  [1, "1 file"],
  [2, "2 files"],
])("%d of them are %s", (number, text) => {
  expect(counted(number, "file")).toBe(text);
});
