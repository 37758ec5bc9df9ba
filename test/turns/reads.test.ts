// Turns hang on the bytes, not on how a machine happened to read them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import {
	expectedTurns,
	type Fixture,
	fixtureRecording,
	listFixtures,
	plainTurns,
	readTurns,
} from "../support/fixtures.ts";
import { holds, limitOf } from "../support/laws.ts";
import { joinReads, lateReads, splitReads } from "../support/reads.ts";
import { look } from "../support/sitting.ts";

const fixtures = listFixtures();

function expectSame(fixture: Fixture, read: (events: readonly TerminalEvent[]) => readonly TerminalEvent[]) {
	const recording = fixtureRecording(fixture);
	const turns = readTurns(fixture, look(), { ...recording, events: read(recording.events) });
	expect(plainTurns(turns), `${fixture.look} ${fixture.name}`).toEqual(expectedTurns(fixture));
}

describe("a genuine session reads the same", () => {
	it("when everything between two keys comes in one read", () => {
		for (const fixture of fixtures)
			expectSame(fixture, (events) => joinReads(events, Number.POSITIVE_INFINITY));
	}, 60_000);

	const limits = { runs: 40 };
	const some = fc.constantFrom(...fixtures);
	it(
		"however many pictures come in one read",
		() => {
			holds(
				fc.property(some, fc.integer({ min: 0, max: 1000 }), (fixture, ms) => {
					expectSame(fixture, (events) => joinReads(events, ms));
				}),
				limits,
			);
		},
		limitOf(limits),
	);

	it(
		"though the pictures of what is typed come only after the keys",
		() => {
			holds(
				fc.property(some, fc.integer({ min: 0, max: 600 }), (fixture, ms) => {
					expectSame(fixture, (events) => lateReads(events, ms));
				}),
				limits,
			);
		},
		limitOf(limits),
	);

	it(
		"when a picture comes in pieces, with pauses longer than those between two pictures",
		() => {
			const lengths = fc.array(fc.integer({ min: 200, max: 4096 }), { minLength: 1, maxLength: 20 });
			holds(
				fc.property(some, lengths, fc.integer({ min: 0, max: 90 }), (fixture, cuts, pause) => {
					expectSame(fixture, (events) => splitReads(events, cuts, pause));
				}),
				limits,
			);
		},
		limitOf(limits),
	);
});
