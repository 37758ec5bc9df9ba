import { describe, expect, it } from "vitest";
import { SavePace } from "../../src/recorder/save-pace.ts";

/** How often is saved, and how often looked, when events of a minute are taken in so many milliseconds. */
function play(tookMs: number): { readonly saves: number; readonly looks: number } {
	let now = 1_000_000;
	const pace = new SavePace(() => now);
	let [saves, looks] = [0, 0];
	for (let at = 0; at < 60_000; at += 50) {
		now += (tookMs * 50) / 60_000;
		if (!pace.isLookDue(at)) continue;
		if (pace.isSaveDue(at)) {
			pace.saved(at);
			saves += 1;
		}
		pace.looked(at);
		looks += 1;
	}
	return { saves, looks };
}

describe("a recorder saves", () => {
	it("twice a second when it keeps up", () => {
		const { saves } = play(60_000);
		expect(saves).toBeGreaterThanOrEqual(115);
		expect(saves).toBeLessThanOrEqual(120);
	});

	it("by the clock when it has fallen behind, and looks at what stood on the screen as often as ever", () => {
		const { saves, looks } = play(1000);
		expect(saves).toBeLessThanOrEqual(3);
		expect(saves).toBeGreaterThanOrEqual(2);
		expect(looks).toBe(play(60_000).looks);
	});

	it("as the events say where there is no clock", () => {
		const pace = new SavePace(undefined);
		expect(pace.isSaveDue(400)).toBe(false);
		expect(pace.isSaveDue(500)).toBe(true);
		pace.saved(500);
		expect(pace.isSaveDue(900)).toBe(false);
		expect(pace.isSaveDue(1000)).toBe(true);
	});
});
