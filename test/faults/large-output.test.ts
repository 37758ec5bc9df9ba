/** Two outputs too large for a text are compared all the same. */
import { expect, test } from "vitest";
import { countTags, sameStretch, textWithout } from "./large-output.ts";
import { tagsIn } from "./text.ts";

const LINES = 90_000;
/** As if a text could hold no more. */
const MOST = 1_000_000;
const KEPT = 1000;

function output(changed?: number): Buffer {
	const line = (number: number) =>
		`line ${String(number).padStart(8, "0")}; ${number === changed ? "X" : "x"}\r\n`;
	return Buffer.from(Array.from({ length: LINES }, (_, index) => line(index + 1)).join(""));
}

test("of the same large output both ends are looked at, and the lines between them are counted", () => {
	const [a, b] = [output(), output()];
	const stretch = sameStretch(a, b, MOST, KEPT);
	const [left, right] = [textWithout(a, stretch, MOST), textWithout(b, stretch, MOST)];
	expect(left).toBe(right);
	expect(left.length).toBeLessThan(3 * KEPT);
	expect(tagsIn(left).length + countTags(b, stretch)).toBe(LINES);
	expect(left.startsWith("line 00000001; x\r\n")).toBe(true);
	expect(left.endsWith(`line ${String(LINES).padStart(8, "0")}; x\r\n`)).toBe(true);
});

test.each([1, 30, 45_000, 89_990, LINES])("a letter that differs in line %i is seen", (changed) => {
	const [a, b] = [output(), output(changed)];
	const stretch = sameStretch(a, b, MOST, KEPT);
	expect(textWithout(b, stretch, MOST)).not.toBe(textWithout(a, stretch, MOST));
});

test("an end that is missing is seen, and a small output is looked at whole", () => {
	const whole = output();
	const short = whole.subarray(0, whole.length - 1);
	const stretch = sameStretch(whole, short, MOST, KEPT);
	expect(textWithout(short, stretch, MOST)).not.toBe(textWithout(whole, stretch, MOST));
	expect(sameStretch(whole, whole, whole.length, KEPT)).toEqual({ from: 0, to: 0 });
});
