// A session of many more turns than are kept whole: what is shown of the earlier ones again is still known.
import { describe, expect, it } from "vitest";
import { box, Sitting } from "../support/sitting.ts";

const TURNS = 300;
const SPINNER = "{grey}✻ Thinking… (esc to interrupt){/}";

/** People repeat themselves: every third prompt is the same. */
function promptOf(n: number): string {
	return n % 3 === 0 ? "continue" : `Plant row ${n} of the bed`;
}

function shown(n: number): string {
	return [`▓❯ ${promptOf(n)}`, "", `● Row ${n} has ${n * 7} seeds, and needs water on day ${n}.`, ""].join(
		"\n",
	);
}

const ALL = Array.from({ length: TURNS }, (_, index) => index + 1);

function longSitting(): Sitting {
	const sitting = new Sitting().shows(box());
	for (const n of ALL) {
		const above = n === 1 ? "" : shown(n - 1);
		sitting.sends(promptOf(n), above).shows(`${above}\n▓❯ ${promptOf(n)}`, "", SPINNER, "", box());
		sitting.shows(shown(n), box());
	}
	return sitting;
}

function told({ turns }: Sitting) {
	return turns.map(({ seq, prompt, items }) => ({ seq, prompt, items }));
}

describe("a conversation of many turns", () => {
	it("is told whole", () => {
		const turns = told(longSitting());
		expect(turns.map(({ prompt }) => prompt.text)).toEqual(ALL.map(promptOf));
		for (const [index, { items }] of turns.entries())
			expect(items).toMatchObject([
				{ kind: "assistant", text: expect.stringContaining(`Row ${index + 1} has`) },
			]);
	});

	it("that is printed anew has no turn twice, and each keeps its own answer", () => {
		const sitting = longSitting();
		const before = told(sitting);
		sitting.shows(...ALL.map(shown), box());
		expect(told(sitting)).toEqual(before);
	});

	it("goes on after it was printed anew", () => {
		const sitting = longSitting().shows(...ALL.map(shown), box());
		sitting
			.sends("continue", shown(TURNS))
			.shows(shown(TURNS), "▓❯ continue", "", SPINNER, "", box())
			.shows(shown(TURNS), "▓❯ continue", "", "● Done with all rows.", "", box());
		const turns = told(sitting);
		expect(turns).toHaveLength(TURNS + 1);
		expect(turns.at(-1)).toMatchObject({
			seq: TURNS + 1,
			prompt: { text: "continue" },
			items: [{ text: "Done with all rows." }],
		});
		expect(turns.at(-2)?.items).toHaveLength(1);
	});

	it("shows an early part of itself again, and that is nobody's news", () => {
		const sitting = longSitting();
		const before = told(sitting);
		sitting.shows(...[3, 4, 5, 6].map(shown), box());
		expect(told(sitting)).toEqual(before);
	});
});
