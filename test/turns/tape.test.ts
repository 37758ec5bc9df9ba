import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { Screen } from "../../src/screen/screen.ts";
import { Tape } from "../../src/turns/tape.ts";

/** What a terminal hands over at once. */
const PIECE_BYTES = 64 * 1024;
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

	it("keeps both ends of a line of three megabytes, and says how much there was", () => {
		const screen = new Screen({ cols: 80, rows: 24 });
		const tape = new Tape();
		const words = "moss and stone and rain ";
		const line = words.repeat(Math.ceil((3 * 1024 * 1024) / words.length));
		const bytes = encoder.encode(`first\r\n${line}\r\nlast\r\n`);
		for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
			const data = bytes.subarray(at, at + PIECE_BYTES);
			for (const frame of screen.feed({ kind: "output", at: at / PIECE_BYTES, data })) tape.feed(frame);
		}
		for (const frame of screen.flush()) tape.feed(frame);
		const [item] = tape.toTurn({ seq: 1, startedAt: 0, endedAt: 1 })?.items ?? [];
		if (item?.kind !== "notice") throw new Error("no text");
		expect(item.text.startsWith("first\nmoss and stone")).toBe(true);
		expect(item.text.endsWith("\nlast")).toBe(true);
		expect(item.text.length).toBeLessThan(2 * 1024 * 1024);
		expect(item).toMatchObject({ truncated: true, observedLines: expect.any(Number) });
	});

	it("has nothing of what an editor showed on the other screen", () => {
		expect(taped("before\r\n", "\u001b[?1049h\u001b[2J\u001b[Hedited", "\u001b[?1049l", "after")).toBe(
			"before\nafter",
		);
	});

	it("that was left in the middle of a line for a conversation is without that line", () => {
		const screen = new Screen({ cols: 40, rows: 4 });
		const tape = new Tape();
		const data = encoder.encode("done\r\n> key 5f3578e3f1");
		for (const frame of screen.feed({ kind: "output", at: 0, data })) tape.feed(frame);
		for (const frame of screen.flush()) tape.feed(frame);
		const textOf = (isCut: boolean) => tape.toTurn({ seq: 1, startedAt: 0, endedAt: 1 }, { isCut })?.items[0];
		expect(textOf(true)).toMatchObject({ text: "done" });
		expect(textOf(false)).toMatchObject({ text: "done\n> key 5f3578e3f1" });
	});

	it("is nothing when only blanks were printed", () => {
		expect(taped("  \r\n \r\n")).toBeUndefined();
	});
});
