import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import type { Frame } from "../../src/core/frame.ts";
import { charWidth } from "../../src/screen/char-width.ts";
import {
	PIECE_BYTES,
	REPAINT_LIMIT_MS,
	REST_LIMIT_MS,
	Screen,
	SETTLE_QUIET_MS,
	SYNC_LIMIT_MS,
} from "../../src/screen/screen.ts";
import { WholeCharacters } from "../../src/screen/whole-characters.ts";
import { holds } from "../support/laws.ts";

const encoder = new TextEncoder();

/** A line erased on the way up. */
const ERASED = "\u001b[2K\u001b[1A";

/** A picture of one row, painted from the row below it, with the cursor in the row at its end. */
const PARKED = (text: string) => `\r\u001b[1A${text}\r\r\n\u001b[1C\u001b[1A`;

function output(at: number, text: string): TerminalEvent {
	return { kind: "output", at, data: encoder.encode(text) };
}

function frames(events: readonly TerminalEvent[], size = { cols: 20, rows: 4 }): readonly Frame[] {
	const screen = new Screen(size);
	return [...events.flatMap((event) => screen.feed(event)), ...screen.flush()];
}

function textOf(frame: Frame | undefined): string {
	return (frame?.rows ?? [])
		.map((row) => row.text)
		.join("\n")
		.trimEnd();
}

describe("a picture is settled", () => {
	it("when the stream has been quiet for a while", () => {
		const screen = new Screen({ cols: 20, rows: 4 });
		expect(screen.feed(output(0, "half a pic"))).toEqual([]);
		expect(screen.tick(SETTLE_QUIET_MS - 1)).toEqual([]);
		expect(screen.feed(output(SETTLE_QUIET_MS - 1, "ture"))).toEqual([]);
		const [frame] = screen.tick(2 * SETTLE_QUIET_MS);
		expect(textOf(frame)).toBe("half a picture");
		expect(frame?.at).toBe(SETTLE_QUIET_MS - 1);
	});

	it("at the end of a synchronised update, without any wait", () => {
		const screen = new Screen({ cols: 20, rows: 4 });
		const [first, ...more] = screen.feed(output(0, "\u001b[?2026hone\u001b[?2026l\u001b[?2026h\r\ntwo"));
		expect(textOf(first)).toBe("one");
		expect(more).toEqual([]);
	});

	it("not in the middle of a synchronised update, however long it is quiet, until the limit", () => {
		const screen = new Screen({ cols: 20, rows: 4 });
		screen.feed(output(0, "\u001b[?2026hhalf"));
		expect(screen.tick(SYNC_LIMIT_MS - 1)).toEqual([]);
		expect(textOf(screen.tick(SYNC_LIMIT_MS)[0])).toBe("half");
	});

	it.each([
		["a sequence", "half\u001b[38;2;21"],
		["a title", "half\u001b]0;a ti"],
		["a character", new Uint8Array([...encoder.encode("half"), 0xe2, 0x94])],
		["one of the pieces in which a terminal hands on what was written", "half".padEnd(PIECE_BYTES)],
	])("not within %s, however long it is quiet, until the limit", (_name, begun) => {
		const data = typeof begun === "string" ? encoder.encode(begun) : begun;
		const screen = new Screen({ cols: 80, rows: 40 });
		screen.feed({ kind: "output", at: 0, data });
		expect(screen.tick(SYNC_LIMIT_MS - 1)).toEqual([]);
		expect(textOf(screen.tick(SYNC_LIMIT_MS)[0])).toContain("half");
	});

	it("with the rest of what was written, whenever that comes", () => {
		const painted = `\u001b[2J\u001b[H${"row\r\n".repeat(500)}whole`;
		const bytes = encoder.encode(painted);
		const cut = PIECE_BYTES;
		const seen = frames([
			{ kind: "output", at: 0, data: bytes.subarray(0, cut) },
			{ kind: "output", at: 300, data: bytes.subarray(cut) },
		]);
		expect(seen.map(textOf)).toEqual(["row\nrow\nrow\nwhole"]);
	});

	it.each([
		["goes up the main screen", ["one\r\n", "\u001b[Atwo\r\n", "\u001b[Athree\r\n"]],
		["erases what it painted, line by line", ["1\r\n2\r\n", `${ERASED.repeat(2)}\u001b[2K\u001b[G3\r\n`]],
		[
			"puts the cursor into its box, and takes it back",
			[PARKED("one"), `\u001b[1D\u001b[1B${PARKED("two")}`],
		],
		[
			"goes home on the other screen",
			["\u001b[?1049hone", "\u001b[Htwo\u001b[3;2H", "\u001b[Hthree\u001b[3;2H"],
		],
		["erases the screen", ["one", "\u001b[2J\u001b[3J\u001b[Htwo"]],
		["leaves the other screen", ["main\u001b[?1049h\u001b[Hother", "\u001b[?1049lmore"]],
	])("where a program %s, though more comes in the same read", (_name, pictures) => {
		const apart = frames(pictures.map((text, index) => output(1000 * index, text)));
		const together = frames([output(0, pictures.join(""))]);
		expect(together.map(textOf)).toEqual(apart.map(textOf));
	});

	it("not before the cursor is put aside, where the picture before ended so", () => {
		const screen = new Screen({ cols: 20, rows: 4 });
		screen.feed(output(0, "\u001b[?1049h\u001b[Hone\u001b[3;2H\u001b[Ht"));
		expect(screen.tick(REST_LIMIT_MS - 1)).toEqual([]);
		screen.feed(output(REST_LIMIT_MS - 1, "wo\u001b[3;2H"));
		expect(screen.tick(REST_LIMIT_MS + SETTLE_QUIET_MS).map(textOf)).toEqual(["two"]);
		screen.feed(output(1000, "\u001b[Hnine"));
		expect(screen.tick(1000 + REST_LIMIT_MS).map(textOf)).toEqual(["nine"]);
	});

	it("with what follows the end of a synchronised update in the same read", () => {
		const seen = frames([output(0, "\u001b[?2026hone\u001b[?2026l\r\ntwo")]);
		expect(seen.map(textOf)).toEqual(["one", "one\ntwo"]);
	});

	it("before a resize and at the exit", () => {
		const events: TerminalEvent[] = [
			output(0, "wide"),
			{ kind: "resize", at: 1, cols: 10, rows: 3 },
			output(2, " and narrow"),
			{ kind: "exit", at: 3, code: 0 },
		];
		const seen = frames(events);
		expect(seen.map((frame) => [frame.cols, frame.resized])).toEqual([
			[20, false],
			[10, true],
		]);
	});

	it("with the rows that a resize left told from those that the program has painted since", () => {
		const events: TerminalEvent[] = [
			output(0, "one two three\r\nfour five six\r\nend"),
			{ kind: "resize", at: 100, cols: 8, rows: 3 },
			output(110, "\u001b[2;1HE SIX\r\nmore\r\nrows"),
		];
		const { scrolled = [], reflowed, stale } = frames(events).at(-1) ?? {};
		expect(scrolled.map((row) => row.text)).toEqual(["one two", "three", "four fiv"]);
		expect([reflowed, stale]).toEqual([3, undefined]);
		const untouched = frames([...events.slice(0, 2), output(110, "\u001b[3;1Hmore")]).at(-1);
		expect([untouched?.reflowed, untouched?.stale]).toEqual([2, 2]);
	});

	it("once, when nothing that can be read has changed", () => {
		const blink = "\u001b[?25l\u001b[?25h\u001b]0;a title\u0007";
		expect(frames([output(0, "same"), output(1000, blink), output(2000, "\rsame")])).toHaveLength(1);
	});

	it("on the other screen not before the program has painted it anew after a resize, or after a limit", () => {
		const screen = new Screen({ cols: 20, rows: 4 });
		const open = [
			output(0, "\u001b[?1049h\u001b[2Jfull"),
			{ kind: "resize", at: 100, cols: 30, rows: 4 } as const,
		];
		for (const event of open) screen.feed(event);
		expect(screen.tick(100 + REPAINT_LIMIT_MS - 1)).toEqual([]);
		expect(screen.feed(output(100 + REPAINT_LIMIT_MS - 1, "\u001b[2J\u001b[Hanew"))).toEqual([]);
		const [frame] = screen.tick(100 + REPAINT_LIMIT_MS + SETTLE_QUIET_MS);
		expect(frame).toMatchObject({ renderer: "fullscreen", cols: 30, resized: true });
		expect(textOf(frame)).toContain("anew");
	});
});

describe("what a frame tells", () => {
	it("holds the rows that left the top since the frame before", () => {
		const lines = (from: number, to: number) =>
			Array.from({ length: to - from }, (_, n) => `\r\nline ${from + n}`).join("");
		const [first, second] = frames([output(0, `start${lines(0, 3)}`), output(1000, lines(3, 6))]);
		expect(first?.scrolled).toEqual([]);
		expect(second?.scrolled.map((row) => row.text)).toEqual(["start", "line 0", "line 1"]);
		expect(textOf(second)).toBe("line 2\nline 3\nline 4\nline 5");
	});

	it("keeps what stood there before it was erased, and says that it was", () => {
		const seen = frames([output(0, "old"), output(1000, "\u001b[2J\u001b[3J\u001b[Hnew")]);
		expect(seen.map((frame) => [textOf(frame), frame.wiped])).toEqual([
			["old", false],
			["new", true],
		]);
	});

	it("gives unchanged rows back as the same objects", () => {
		const [first, second] = frames([output(0, "one\r\ntwo"), output(1000, "\rTWO")]);
		expect(second?.rows[0]).toBe(first?.rows[0]);
		expect(second?.rows[1]).not.toBe(first?.rows[1]);
	});

	it("knows how the first cells are painted, and where a background begins the row", () => {
		const [frame] = frames([output(0, "\u001b[48;5;237m\u001b[1m❯\u001b[22m\u001b[38;2;1;2;3m hi\u001b[0m")]);
		expect(frame?.rows[0]).toMatchObject({
			text: "❯ hi",
			lead: { bold: true },
			next: { fg: "#010203", bold: false },
		});
		expect(frame?.rows[0]?.fill).toBeDefined();
		expect(frame?.rows[1]?.fill).toBeUndefined();
	});

	it("has wide characters once, and counts two columns for each", () => {
		const [frame] = frames([output(0, "花a🌻")]);
		expect(frame?.rows[0]).toMatchObject({ text: "花a🌻", width: 5 });
	});

	it("says which rows the terminal wrapped", () => {
		const [frame] = frames([output(0, `${"x".repeat(25)}\r\nend`)]);
		expect(frame?.rows.map((row) => row.isWrapped)).toEqual([false, true, false, false]);
	});

	it("has the size at once when a terminal says it has none", () => {
		expect(frames([output(0, "x")], { cols: 0, rows: 0 })).toHaveLength(1);
	});
});

describe("the width of a character", () => {
	it.each([
		["a", 1],
		["é", 1],
		["花", 2],
		["한", 2],
		["🌻", 2],
		["\u0301", 0],
		["\u200d", 0],
		["✻", 1],
		["⏺", 1],
		["│", 1],
	])("of %s is %i", (char, width) => {
		expect(charWidth(char.codePointAt(0) ?? 0)).toBe(width);
	});

	it("of a joined emoji is that of one", () => {
		for (const emoji of ["👩‍🌾", "👍🏽", "🇩🇪"]) {
			expect(frames([output(0, `${emoji}x`)])[0]?.rows[0]?.width).toBe(3);
		}
	});
});

describe("characters that come in pieces", () => {
	it("come out whole and in order, however they are cut", () => {
		const text = fc.string({ unit: "binary", maxLength: 40 }).map((value) => value.toWellFormed());
		holds(
			fc.property(text, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (said, lengths) => {
				const bytes = encoder.encode(said);
				const whole = new WholeCharacters();
				const parts: string[] = [];
				for (let from = 0, n = 0; from < bytes.length; n++) {
					const length = lengths[n % lengths.length] ?? 1;
					parts.push(
						new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
							whole.take(bytes.subarray(from, from + length)),
						),
					);
					from += length;
				}
				expect(parts.join("")).toBe(said);
			}),
			{ runs: 200 },
		);
	});

	it("are on the screen as if they had come at once: an ellipsis byte by byte", () => {
		const screen = new Screen({ cols: 20, rows: 2 });
		for (const byte of encoder.encode("✻ Thinking… – ’")) {
			screen.feed({ kind: "output", at: 0, data: new Uint8Array([byte]) });
		}
		expect(textOf(screen.flush()[0])).toBe("✻ Thinking… – ’");
	});

	it("that never end hold nothing else back", () => {
		const whole = new WholeCharacters();
		expect([...whole.take(new Uint8Array([0x61, 0xe2, 0x80]))]).toEqual([0x61]);
		expect([...whole.take(new Uint8Array([0x62]))]).toEqual([0xe2, 0x80, 0x62]);
		expect([...whole.take(new Uint8Array([0xff, 0x80, 0x80, 0x80]))]).toEqual([0xff, 0x80, 0x80, 0x80]);
	});
});
