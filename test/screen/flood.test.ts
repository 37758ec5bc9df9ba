import { expect, test } from "vitest";
import { MAX_UNSETTLED_ROWS, Screen } from "../../src/screen/screen.ts";

test("a flood without a pause is handed on in stretches, and no row of it is lost", () => {
	const screen = new Screen({ cols: 40, rows: 10 });
	const count = 2 * MAX_UNSETTLED_ROWS + 5000;
	const text = Array.from({ length: count }, (_, index) => `row ${index}`).join("\r\n");
	const frames = [
		...screen.feed({ kind: "output", at: 1, data: new TextEncoder().encode(text) }),
		...screen.flush(),
	];
	const longest = Math.max(...frames.map((frame) => frame.scrolled.length));
	expect(longest).toBeLessThan(MAX_UNSETTLED_ROWS + 3000);
	const shown = [...frames.flatMap((frame) => frame.scrolled), ...(frames.at(-1)?.rows ?? [])];
	expect(shown.map((row) => row.text)).toEqual(Array.from({ length: count }, (_, index) => `row ${index}`));
});
