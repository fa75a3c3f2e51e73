import { quartzMistake } from "../../../provider/src/kinds/quartz";

const good = [
  "0 0 3 * * ?",
  "0 0 5,13,21 * * ?",
  "0 0 12 1/1 * ? *",
  "0 0/15 8-17 ? * MON-FRI",
  "0 0 3 ? * 2-6",
  "0 0 3 L * ?",
  "0 0 3 LW * ?",
  "0 0 3 L-3 * ?",
  "0 0 3 15W * ?",
  "0 0 3 ? * 6L",
  "0 0 3 ? * FRI#2",
  "0 0 3 1,15 JAN,jul ?",
  "59 59 23 31 12 ? 2099",
  "0 */5 * * * ?",
  "  0  0 3 * * ?  ",
  "0 0 3 ? * SUN,6L",
];
test.each(good)("%s is an expression", (expression) => {
  expect(quartzMistake(expression)).toBeUndefined();
});

const wrong: [expression: string, mistake: string][] = [
  ["", "has 1 field; Quartz wants six or seven: seconds"],
  ["0 0 3", "has 3 fields"],
  ["0 0 3 * * ? 2026 x", "has 8 fields"],
  ["0 0 3 * * *", 'exactly one of field 4 (day of month) and field 6 (day of week) must be "?", here none is'],
  ["0 0 3 ? * ?", "here both are"],
  ["60 0 3 * * ?", 'field 1 (seconds), "60": "60" is not 0 to 59'],
  ["0 x 3 * * ?", 'field 2 (minutes), "x": "x" is not 0 to 59'],
  ["0 0 3 0 * ?", 'field 4 (day of month), "0": "0" is not 1 to 31'],
  ["0 0 3 * 13 ?", '"13" is not 1 to 12 or JAN to DEC'],
  ["0 0 3 ? * 8", '"8" is not 1 to 7 or SUN to SAT'],
  ["0 0 3 ? * 0", '"0" is not 1 to 7 or SUN to SAT'],
  ["0 0 3 ? * FRI#6", "field 6 (day of week)"],
  ["? 0 3 * * ?", '"?" is only for the two day fields'],
  ["0 0/0 3 * * ?", 'the step "0" is no whole number above 0'],
  ["0 0/5/5 3 * * ?", 'has more than one "/"'],
  ["0 1-2-3 3 * * ?", '"1-2-3" is no range'],
  ["0 0 3 * * ? 1969", '"1969" is not 1970 to 2199'],
  ["0 0 1,,2 * * ?", 'field 3 (hours), "1,,2": "" is not 0 to 23'],
  ["0 0 -1 * * ?", "field 3 (hours)"],
];
test.each(wrong)("%s: %s", (expression, mistake) => {
  expect(quartzMistake(expression)).toContain(mistake);
});

/** Cron of Unix, and what says the same in Quartz. */
const unix: [unix: string, quartz: string][] = [
  ["0 3 * * *", "0 0 3 * * ?"],
  ["*/15 * * * *", "0 */15 * * * ?"],
  ["30 3 1 * *", "0 30 3 1 * ?"],
  ["0 3 * * 0", "0 0 3 ? * 1"],
  ["0 3 * * 7", "0 0 3 ? * 1"],
  ["0 3 * * 5-7", "0 0 3 ? * 6-1"],
  ["0 3 * * 0-6/2", "0 0 3 ? * 1-7/2"],
  ["0 3 * * 1-5", "0 0 3 ? * 2-6"],
  ["0 3 * * 1,3", "0 0 3 ? * 2,4"],
  ["0 3 * * MON-FRI", "0 0 3 ? * MON-FRI"],
  ["0 3 * * */2", "0 0 3 ? * */2"],
];
test.each(unix)("cron of Unix %s is given as %s, which is right", (expression, quartz) => {
  expect(quartzMistake(expression)).toContain(JSON.stringify(quartz));
  expect(quartzMistake(quartz)).toBeUndefined();
});

test.each(["0 3 1 * 1", "0 25 * * *", "hello every day at three"])(
  "where Quartz has nothing that says the same, or it is wrong itself, its form is given: %s",
  (expression) => {
    expect(quartzMistake(expression)).toBe(
      "has five fields, as cron of Unix has; Quartz wants six or seven: " +
        "seconds minutes hours day-of-month month day-of-week [year]",
    );
  },
);
