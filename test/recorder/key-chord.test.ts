import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyChord } from "../../src/recorder/key-chord.ts";

/** Few different bytes, so that keys are typed by chance, and half of them again and again. */
const bytes = (maxLength: number, minLength = 0) =>
	fc.array(fc.constantFrom(0x1d, 0x70, 0x1b), { minLength, maxLength }).map((all) => Uint8Array.from(all));

/** How often they stand in what was typed, none of them twice. */
function timesIn(typed: Uint8Array, keys: Uint8Array): number {
	return Buffer.from(typed).toString("latin1").split(Buffer.from(keys).toString("latin1")).length - 1;
}

describe("the keys that pause", () => {
	test("are found wherever they are typed, in whatever pieces, and nowhere else", () => {
		fc.assert(
			fc.property(bytes(4, 1), fc.array(bytes(6), { maxLength: 8 }), (keys, pieces) => {
				const chord = new KeyChord(keys);
				const found = pieces.reduce((times, piece) => times + chord.feed(piece), 0);
				expect(found).toBe(timesIn(Buffer.concat(pieces), keys));
			}),
		);
	});

	test("are found behind a beginning of them that was typed too often", () => {
		const chord = new KeyChord(Uint8Array.from([0x1d, 0x1d, 0x70]));
		expect(chord.feed(Uint8Array.from([0x1d, 0x1d, 0x1d, 0x70]))).toBe(1);
	});
});
