import { describe, expect, test } from "vitest";
import { type Picture, textOfRow } from "../../src/core/picture.ts";
import type { Moment } from "../../src/core/recording.ts";
import { castLines } from "../../src/replay/show/cast.ts";
import { renderPlainText } from "../../src/replay/show/plain-text.ts";
import { renderSvg } from "../../src/replay/show/svg.ts";
import { Screen } from "../../src/screen/screen.ts";

const DRAWN = [
	"\u001b[1;38;2;78;186;101m●\u001b[0m Bash(\u001b[4mls\u001b[0m)\r\n  \u001b[2;3mdim\u001b[0m 漢字 \u001b[41;97m<b>&\u001b[0m",
	"\r\n\u001b]0;title\u0007\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\\u001b[7m \u001b[0m",
	"\u001b[H\u001b[Mnew top 👩‍👩‍👧!",
];

function show(writes: readonly string[], size = { cols: 30, rows: 6 }): Picture[] {
	const screen = new Screen(size, { pictures: true });
	return writes.flatMap((text, index) => {
		screen.feed({ kind: "output", at: index * 500, data: Buffer.from(text) });
		screen.tick(index * 500 + 100);
		return screen.takePictures();
	});
}

const toMoments = (pictures: readonly Picture[]): Moment[] =>
	pictures.map((picture) => ({ kind: "picture", at: picture.at, picture }));

const cells = ({ rows }: Picture) =>
	rows.map(({ runs }) => runs.flatMap(({ text, cells, width, paint }) => [text, cells, width, { ...paint }]));

describe("an asciicast of a recording", () => {
	test.each([2, 3] as const)("of version %i draws the same pictures on a terminal", (version) => {
		const pictures = show(DRAWN);
		expect(pictures).toHaveLength(3);
		const lines = [...castLines(toMoments(pictures), { version, startedAt: 1e12, markers: [] })];
		const [head, ...events] = lines.map((line): unknown => JSON.parse(line));
		expect(head).toMatchObject(
			version === 3 ? { version: 3, term: { cols: 30, rows: 6 } } : { version: 2, width: 30, height: 6 },
		);
		const again = show((events as [number, string, string][]).map(([, , data]) => data));
		expect(again.map(cells)).toEqual(pictures.map(cells));
		expect(lines.join("")).not.toMatch(/\\u001b\]|example\.org|title/u);
	});

	test("has times as its version counts them, sizes and markers", () => {
		const moments = [...toMoments(show(DRAWN)), ...toMoments(show(["x"], { cols: 10, rows: 2 }))].map(
			(moment, index) => ({ ...moment, at: index * 500 }),
		);
		const facts = { startedAt: 0, markers: [{ at: 600, label: "turn 1" }] };
		const read = (version: 2 | 3) =>
			[...castLines(moments, { version, ...facts })].slice(1).map((line) => JSON.parse(line) as unknown[]);
		const brief = (events: unknown[][]) => events.map(([time, code]) => [time, code]);
		expect(brief(read(3))).toEqual([
			[0, "o"],
			[0.5, "o"],
			[0.1, "m"],
			[0.4, "o"],
			[0.5, "r"],
			[0, "o"],
		]);
		expect(brief(read(2)).at(-1)).toEqual([1.5, "o"]);
		expect(read(3)).toContainEqual([0.5, "r", "10x2"]);
	});
});

describe("a picture as a file", () => {
	test("is SVG that does nothing but show", () => {
		const svg = renderSvg(show(DRAWN)[1] as Picture, 'a "title" <x>');
		expect(svg).toContain("<title>a &quot;title&quot; &lt;x&gt;</title>");
		expect(svg).toContain("&lt;b&gt;&amp;");
		// A blank that a renderer leaves out would move what follows to its place.
		expect(svg.replace(/<title>.*<\/title>/u, "")).not.toMatch(/<text [^>]*>[^<]* /u);
		expect(svg).toContain('fill="#4eba65"');
		expect(svg).not.toMatch(/<script|href|url\(|<b>/u);
	});

	test("is its text", () => {
		const picture = show(DRAWN)[1] as Picture;
		expect(renderPlainText(picture)).toBe("● Bash(ls)\n  dim 漢字 <b>&\nlink\n");
		expect(picture.rows.map(textOfRow).slice(0, 1)).toEqual(["● Bash(ls)"]);
	});
});
