import { expect, test } from "vitest";
import { createProgressLine, renderProgress } from "../../src/cli/render/import-progress.ts";
import { formatBytes } from "../../src/cli/text/bytes.ts";
import { displayWidth } from "../../src/cli/text/width.ts";

const progress = {
	file: "/home/ada/recordings/a.cast",
	number: 2,
	files: 5,
	doneBytes: 25e6,
	totalBytes: 100e6,
};

test("progress tells files, bytes and the time that is left", () => {
	expect(renderProgress(progress, 10_000, 100)).toBe(
		"2 of 5 · 25 MB of 100 MB · 30s left · /home/ada/recordings/a.cast",
	);
	expect(renderProgress(progress, 100, 100)).not.toContain("left");
});

test.each([10, 40, 60, 80, 200])("progress never wraps at %i columns", (width) => {
	expect(
		displayWidth(renderProgress({ ...progress, file: "/日本/".repeat(40) }, 10_000, width)),
	).toBeLessThan(width);
});

test("progress is painted on a terminal only, at most ten times a second, and leaves no trace", () => {
	const written: string[] = [];
	let time = 0;
	const terminal = { isTerminal: true, columns: 80, write: (text: string) => void written.push(text) };
	const line = createProgressLine(terminal, () => time);
	for (time = 0; time < 1000; time += 10) line.show(progress);
	expect(written).toHaveLength(10);
	line.clear();
	expect(written.at(-1)).toBe("\r\x1b[K");
	const quiet = createProgressLine({ ...terminal, isTerminal: false }, () => time);
	quiet.show(progress);
	quiet.clear();
	expect(written).toHaveLength(11);
});

test("sizes are told as people say them", () => {
	expect([0, 999, 1000, 12_345, 3_456_789, 5e8, 2e9].map(formatBytes)).toEqual([
		"0 B",
		"999 B",
		"1 kB",
		"12 kB",
		"3.4 MB",
		"500 MB",
		"2 GB",
	]);
});
