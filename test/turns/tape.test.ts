import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { Screen } from "../../src/screen/screen.ts";
import { Tape } from "../../src/turns/tape.ts";

const encoder = new TextEncoder();

function taped(...outputs: readonly string[]): string | undefined {
	const screen = new Screen({ cols: 20, rows: 4 });
	const tape = new Tape();
	const feed = (events: readonly TerminalEvent[]) => {
		for (const event of events) for (const frame of screen.feed(event)) tape.feed(frame);
	};
	feed(outputs.map((text, index) => ({ kind: "output", at: index * 1000, data: encoder.encode(text) })));
	for (const frame of screen.flush()) tape.feed(frame);
	const [item] = tape.toTurn({ seq: 1, startedAt: 0, endedAt: 1 })?.items ?? [];
	return item?.kind === "notice" ? item.text : undefined;
}

describe("the text of a program without a known look", () => {
	it("is what scrolled off and what is still on the screen, each once", () => {
		const lines = Array.from({ length: 9 }, (_, n) => `line ${n}`);
		expect(taped(lines.slice(0, 5).join("\r\n"), `\r\n${lines.slice(5).join("\r\n")}`)).toBe(
			lines.join("\n"),
		);
	});

	it("has a long line whole that the terminal wrapped, also where it leaves the screen", () => {
		const long = "a line that is a good deal longer than the screen is wide";
		expect(taped(`${long}\r\none\r\ntwo\r\nthree\r\nfour`)).toBe(`${long}\none\ntwo\nthree\nfour`);
	});

	it("has nothing of what an editor showed on the other screen", () => {
		expect(taped("before\r\n", "\u001b[?1049h\u001b[2J\u001b[Hedited", "\u001b[?1049l", "after")).toBe(
			"before\nafter",
		);
	});

	it("is nothing when only blanks were printed", () => {
		expect(taped("  \r\n \r\n")).toBeUndefined();
	});
});
