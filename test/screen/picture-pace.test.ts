import { describe, expect, test } from "vitest";
import { textOfRow } from "../../src/core/picture.ts";
import { MOVING_EVERY_MS, PICTURE_EVERY_MS } from "../../src/screen/picture-pace.ts";
import { Screen } from "../../src/screen/screen.ts";

const EVERY_MS = 100;

/** When pictures were taken, and what each showed; the program writes ten times a second. */
function play(writes: readonly string[]): { at: number; text: string }[] {
	const screen = new Screen({ cols: 40, rows: 8 }, { pictures: true });
	for (const [index, text] of writes.entries()) {
		screen.feed({ kind: "output", at: index * EVERY_MS, data: Buffer.from(text) });
		screen.tick(index * EVERY_MS + 50);
	}
	screen.flush();
	return screen
		.takePictures()
		.map(({ at, rows }) => ({ at, text: rows.map(textOfRow).join("\n").trimEnd() }));
}

function gaps(times: readonly number[]): number[] {
	return times.slice(1).map((at, index) => at - (times[index] ?? 0));
}

describe("how often the screen is pictured", () => {
	test("once a second while only a spinner moves, and the last state always", () => {
		const spins = Array.from({ length: 45 }, (_, turn) => `\x1b[1;1Hworking ${turn}`);
		const pictures = play(spins);
		expect(new Set(gaps(pictures.map(({ at }) => at)).slice(1, -1))).toEqual(new Set([MOVING_EVERY_MS]));
		expect(pictures.at(-1)?.text).toBe("working 44");
	});

	test("twice a second where lines come that were not moving before", () => {
		const lines = Array.from({ length: 40 }, (_, line) => `line ${line}\r\n`);
		expect(new Set(gaps(play(lines).map(({ at }) => at)).slice(1, -1))).toEqual(new Set([PICTURE_EVERY_MS]));
	});

	test("at once where something has begun that is to be found", () => {
		const screen = new Screen({ cols: 40, rows: 8 }, { pictures: true });
		screen.feed({ kind: "output", at: 0, data: Buffer.from("one\r\n") });
		screen.tick(50);
		screen.feed({ kind: "output", at: 100, data: Buffer.from("two\r\n") });
		screen.tick(150);
		expect(screen.takePictures().map(({ at }) => at)).toEqual([0]);
		expect(screen.pictureSoon()).toBe(true);
		expect(screen.takePictures().map(({ at }) => at)).toEqual([100]);
		expect(screen.pictureSoon()).toBe(true);
		expect(screen.takePictures()).toEqual([]);
	});

	test("also after it was asked for all there is, as at a pause", () => {
		const screen = new Screen({ cols: 40, rows: 8 }, { pictures: true });
		const show = (text: string, at: number) => {
			screen.feed({ kind: "output", at, data: Buffer.from(`${text}\r\n`) });
			screen.tick(at + 50);
		};
		show("one", 0);
		show("two", 100);
		screen.flush();
		expect(screen.takePictures().map(({ at }) => at)).toEqual([0, 100]);
		show("three", 2000);
		expect(screen.takePictures().map(({ at }) => at)).toEqual([2000]);
	});
});
