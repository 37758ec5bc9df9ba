// What holds for every session, whatever its bytes are.
import { statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import { type Fixture, fixtureRecording, listFixtures, plainTurns, readTurns } from "../support/fixtures.ts";
import { holds, limitOf } from "../support/laws.ts";
import { look } from "../support/sitting.ts";

/** Small ones, so that many can be tried: every look is among them. */
const SMALL_BYTES = 32_000;
const small = listFixtures().filter(
	({ folder }) => statSync(join(folder, "session.cast")).size < SMALL_BYTES,
);

describe("turns do not depend on how the bytes came", () => {
	const limits = { runs: 12 };
	it(
		"a session whose every output is cut at random places, inside characters and sequences, gives the same turns",
		() => {
			const cuts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 });
			holds(
				fc.property(fc.constantFrom(...small), cuts, (fixture, lengths) => {
					const recording = fixtureRecording(fixture);
					const events = cutOutputs(recording.events, lengths);
					expect(readTurns(fixture, look(), { ...recording, events })).toEqual(readTurns(fixture, look()));
				}),
				limits,
			);
		},
		limitOf(limits),
	);
});

describe("a resize that the program does not answer", () => {
	const limits = { runs: 12 };
	const sizes = fc.record({ cols: fc.integer({ min: 20, max: 200 }), rows: fc.integer({ min: 5, max: 80 }) });
	it(
		"loses and doubles no finished turn when it is the last that happens",
		() => {
			holds(
				fc.property(
					fc.constantFrom(...small),
					fc.double({ min: 0, max: 1, noNaN: true }),
					sizes,
					(fixture, where, size) => {
						const before = cutOff(fixture, where);
						const at = (before.at(-1)?.at ?? 0) + SECOND;
						const after = [...before, { kind: "resize" as const, at, ...size }, tick(at + SECOND)];
						expect(finished(fixture, after)).toEqual(finished(fixture, [...before, tick(at)]));
					},
				),
				limits,
			);
		},
		limitOf(limits),
	);
});

describe("nothing throws", () => {
	const limits = { runs: 60 };
	const size = fc.record({ cols: fc.integer({ min: 1, max: 500 }), rows: fc.integer({ min: 1, max: 200 }) });
	const bytes = fc.uint8Array({ maxLength: 600 });
	const soup = fc
		.array(fc.oneof(sequences(), words()), { maxLength: 60 })
		.map((parts) => Buffer.from(parts.join("")));
	const event: fc.Arbitrary<TerminalEvent> = fc.oneof(
		{
			weight: 5,
			arbitrary: fc.record({
				kind: fc.constant("output" as const),
				at: fc.constant(0),
				data: fc.oneof(bytes, soup),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constant("input" as const),
				at: fc.constant(0),
				data: fc.oneof(bytes, soup),
			}),
		},
		{ weight: 1, arbitrary: size.map((to) => ({ kind: "resize" as const, at: 0, ...to })) },
		{
			weight: 1,
			arbitrary: fc.record({
				kind: fc.constant("gap" as const),
				at: fc.constant(0),
				reason: fc.string(),
				lostBytes: fc.nat(),
			}),
		},
	);
	it(
		"on random bytes, soups of escape sequences and pieces of the real screen, at any size",
		() => {
			const steps = fc.array(fc.tuple(event, fc.constantFrom(0, 5, 40, 1500)), { maxLength: 25 });
			holds(
				fc.property(
					size,
					fc.constantFrom("pty" as const, "pipe" as const),
					steps,
					(from, attachment, story) => {
						const source = createTurnSource({ ...START, ...from, attachment }, look());
						let at = 0;
						for (const [one, pause] of story) {
							at += pause;
							source.feed({ ...one, at });
							source.tick(at + 1);
						}
						source.end(at, at % 2 === 1);
					},
				),
				limits,
			);
		},
		limitOf(limits),
	);
});

const SECOND = 1000;
const START = { command: ["claude"], cwd: "/", startedAt: 0, wrapperPid: 0, transcripts: false };

/** Each output in pieces of these lengths, again and again, at the time of the whole. */
function cutOutputs(events: readonly TerminalEvent[], lengths: readonly number[]): readonly TerminalEvent[] {
	let next = 0;
	return events.flatMap((event) => {
		if (event.kind !== "output") return [event];
		const pieces: TerminalEvent[] = [];
		for (let from = 0; from < event.data.length; ) {
			const length = lengths[next++ % lengths.length] ?? 1;
			pieces.push({ ...event, data: event.data.subarray(from, from + length) });
			from += length;
		}
		return pieces;
	});
}

function cutOff(fixture: Fixture, where: number): readonly TerminalEvent[] {
	const { events } = fixtureRecording(fixture);
	return events.slice(0, Math.floor(where * events.length)).filter((event) => event.kind !== "exit");
}

/** Something that happens and changes nothing: it lets time pass. */
function tick(at: number): TerminalEvent {
	return { kind: "marker", at, label: "" };
}

/** Prompts, answers and calls; a scrap of the screen's furniture may become a notice when nothing repaints it. */
function finished(fixture: Fixture, events: readonly TerminalEvent[]) {
	const turns = readTurns(fixture, look(), { ...fixtureRecording(fixture), events });
	return plainTurns(turns).map(({ prompt, items }) => ({
		prompt,
		items: items.filter(({ kind }) => kind === "assistant" || kind === "tool").map(saying),
	}));
}

/** Without blanks: rows wrap differently now, and one before a wide character that moved cannot be told from none. */
function saying({ text, name, input }: Readonly<Record<string, unknown>>): string {
	return [text, name, input].join(" ").replace(/\s+/gu, "");
}

function sequences(): fc.Arbitrary<string> {
	const number = fc.oneof(fc.nat(600), fc.constantFrom(0, 1, 2, 3, 25, 1049, 2004, 2026, 99_999));
	const control = fc
		.tuple(
			fc.constantFrom("", "?", ">"),
			fc.array(number, { maxLength: 3 }),
			fc.constantFrom(..."ABCDEFGHJKLMPSTX@`acdefghlmnrstu"),
		)
		.map(([mark, numbers, final]) => `\u001b[${mark}${numbers.join(";")}${final}`);
	return fc.oneof(
		control,
		fc.constantFrom(
			"\u001bc",
			"\u001bM",
			"\u001bD",
			"\u001b7",
			"\u001b8",
			"\u001b]0;title\u0007",
			"\u001b[200~",
			"\u001b[201~",
			"\u001b",
		),
	);
}

function words(): fc.Arbitrary<string> {
	const pieces = [
		"❯ ",
		"● ",
		"  ⎿  ",
		"> ",
		"────────────",
		"╭──╮",
		"│ > │",
		"╰──╯",
		"✻ Thinking…",
		"Do you want to proceed?",
		" ❯ 1. Yes",
		"   2. No",
		"\r\n",
		"\n",
		"\t",
		"花",
		"🌻",
		"e\u0301",
		"/clear",
		"esc to interrupt",
		"Ran 1 shell command",
		"[Pasted text #1 +3 lines]",
		"Bash(ls)",
	];
	return fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 12 }));
}
