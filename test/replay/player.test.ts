import { describe, expect, test } from "vitest";
import type { Picture } from "../../src/core/picture.ts";
import type { Moment } from "../../src/core/recording.ts";
import { ChunkWriter } from "../../src/replay/chunk-writer.ts";
import { Player } from "../../src/replay/player.ts";
import { Reel } from "../../src/replay/reel.ts";
import { drawPlayer } from "../../src/replay/show/player-screen.ts";

const PLAIN = { fg: 0, bg: 0, attributes: 0 };

function picture(at: number, lines: readonly string[], cols = 40): Moment {
	const rows = lines.map((text) => ({
		runs: text === "" ? [] : [{ text, cells: text.length, width: 1 as const, paint: PLAIN }],
		isWrapped: false,
	}));
	const whole: Picture = { at, cols, rows, cursor: { x: 0, y: 0, visible: false } };
	return { kind: "picture", at, picture: whole };
}

function reelOf(moments: readonly Moment[]): Reel {
	const writer = new ChunkWriter();
	const chunks = new Map([...writer.write(moments), ...writer.finish()].map((chunk) => [chunk.seq, chunk]));
	return new Reel({
		places: [...chunks.values()],
		read: (seq) => chunks.get(seq) ?? { encoding: "raw", bytes: new Uint8Array() },
	});
}

const MOMENTS = [0, 100, 200, 9000, 9100, 30_000].map((at) => picture(at, [`at ${at}`, "", "below"]));

function player(changes: Partial<ConstructorParameters<typeof Player>[0]> = {}): Player {
	return new Player({
		reel: reelOf(MOMENTS),
		turns: [
			{ seq: 1, at: 50 },
			{ seq: 2, at: 9000 },
		],
		startAt: 0,
		speed: 1,
		idleLimitMs: 2000,
		...changes,
	});
}

describe("playing", () => {
	test("takes the time that it took, at the speed that was asked for", () => {
		const one = player({ speed: 2 });
		one.advance(60);
		expect(one.view.at).toBe(120);
		expect(one.view.moment?.at).toBe(100);
	});

	test("cuts what stands still, and ends at the end", () => {
		const one = player();
		one.advance(250);
		expect(one.view.at).toBe(7050);
		one.advance(60_000);
		expect(one.view).toMatchObject({ at: 30_000, isPlaying: false });
		one.press("toggle");
		expect(one.view).toMatchObject({ at: 0, isPlaying: true });
	});

	test("does as the keys say", () => {
		const one = player();
		one.press("next-picture");
		expect(one.view).toMatchObject({ at: 100, isPlaying: false });
		one.press("next-picture");
		one.press("previous-picture");
		expect(one.view.at).toBe(100);
		one.press("next-turn");
		expect(one.view).toMatchObject({ at: 9000, turn: { seq: 2 } });
		one.press("forward");
		one.press("back");
		one.press("previous-turn");
		expect(one.view.turn?.seq).toBe(1);
		one.press("first");
		one.press("back");
		expect(one.view.at).toBe(0);
		one.press("last");
		one.press("faster");
		expect(one.view).toMatchObject({ at: 30_000, speed: 2 });
	});
});

describe("the beginning", () => {
	test("is the first picture that shows anything", () => {
		const reel = reelOf([picture(0, ["", ""]), picture(300, ["", ""]), ...MOMENTS.slice(3)]);
		const one = player({ reel });
		expect(one.view).toMatchObject({ at: 9000, moment: { at: 9000 } });
		one.press("last");
		one.press("first");
		expect(one.view.at).toBe(9000);
	});

	test("is where one was sent to", () => {
		expect(player({ startAt: 9050 }).view).toMatchObject({ at: 9050, moment: { at: 9000 } });
		expect(player({ startAt: 90_000 }).view.at).toBe(30_000);
	});
});

describe("the player's screen", () => {
	const shown = (window: { columns: number; rows: number }, one = player()) =>
		drawPlayer(one.view, window)
			.replace(/\u001b\[(?:\d+;1H)/gu, "\n")
			.replace(/\u001b\[[0-9;]*[A-Za-z]/gu, "");

	test("shows the picture and where it is", () => {
		expect(shown({ columns: 60, rows: 6 })).toContain("\nat 0\n\nbelow\n");
		expect(shown({ columns: 60, rows: 6 })).toContain("▶ 0:00 / 0:30");
	});

	test("leaves out what a smaller window has no room for: the right, and the top", () => {
		const small = shown({ columns: 4, rows: 2 });
		expect(small).toContain("\nbelo\n");
		expect(small).not.toContain("below");
		expect(small).not.toContain("at 0");
	});

	test.each([
		[120, "▶ 0:00 / 0:30  1×  200 columns wide  space rest · ←→ 5 s · . picture · [ ] turn · q quit"],
		[60, "▶ 0:00 / 0:30  200 wide  space · ←→ · [ ] · q quit"],
		[50, "▶ 0:00 / 0:30  200 wide  space · q quit"],
		[35, "▶ 0:00 / 0:30  200 wide  q quit"],
		[20, "▶ 0:00 / 0:30"],
	])("tells of the keys what fits into %i columns, and cuts no word", (columns, line) => {
		const wide = player({ turns: [], reel: reelOf([picture(0, ["at 0"], 200), ...MOMENTS.slice(5)]) });
		expect(shown({ columns, rows: 4 }, wide).split("\n").at(-1)).toBe(` ${line}`.padEnd(columns));
	});

	test("says what a gap is", () => {
		const one = player({ reel: reelOf([{ kind: "gap", at: 0, reason: "paused" }, ...MOMENTS.slice(1)]) });
		expect(shown({ columns: 60, rows: 4 }, one)).toContain("The recording was paused here.");
	});
});
