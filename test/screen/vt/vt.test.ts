/**
 * The terminal that ships against the one it has to agree with. Where the two differ on purpose, `differs` says so:
 *
 * - strings that nobody sees (DCS, APC, PM, SOS) end where they end, not at the first character beyond ASCII;
 * - `CSI 1 J` to a line's end unmarks the next row, where the reference throws or unmarks one of the history;
 * - a full reset ends new-line mode;
 * - without autowrap, a wide character that has no room leaves no half of another behind;
 * - what can be repeated, joined and said in a title has an end.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../../src/core/event.ts";
import { Emulator } from "../../../src/screen/emulator.ts";
import { Screen } from "../../../src/screen/screen.ts";
import { WholeCharacters } from "../../../src/screen/whole-characters.ts";
import { fixtureRecording, listFixtures } from "../../support/fixtures.ts";
import { holds, limitOf } from "../../support/laws.ts";
import { arbSize, arbStream, type Step } from "./arb-stream.ts";
import { OpenTerminal } from "./picture.ts";
import { Reference } from "./reference.ts";

const encoder = new TextEncoder();
const RUNS = { runs: 200 };

function play(terminal: OpenTerminal | Reference, step: Step): void {
	if (step.kind === "resize") terminal.resize(step.cols, step.rows);
	else terminal.write(step.bytes);
}

describe("our terminal and the reference show the same", () => {
	it(
		"whatever is written and however the window changes",
		() => {
			holds(
				fc.property(arbSize, arbStream, (size, steps) => {
					const [ours, reference] = [new OpenTerminal(size), new Reference(size)];
					for (const step of steps) {
						play(reference, step);
						play(ours, step);
						expect(ours.picture()).toEqual(reference.picture());
					}
				}),
				RUNS,
			);
		},
		limitOf(RUNS),
	);

	/** A string that nobody sees begins: `differs` has it. */
	const beginsString = /\u001b[PX^_]|[\u0090\u0098\u009e\u009f]/u;

	it(
		"of random bytes",
		() => {
			const bytes = fc.uint8Array({ maxLength: 300 }).map((random) => new WholeCharacters().take(random));
			holds(
				fc.property(arbSize, bytes, (size, random) => {
					fc.pre(!beginsString.test(new TextDecoder().decode(random)));
					const [ours, reference] = [new OpenTerminal(size), new Reference(size)];
					reference.write(random);
					ours.write(random);
					expect(ours.picture()).toEqual(reference.picture());
				}),
				RUNS,
			);
		},
		limitOf(RUNS),
	);

	/** So that a test of all recordings stays fast: they are compared at each resize, and this often in between. */
	const COMPARED_EVERY_BYTES = 30_000;

	it.each(listFixtures().map((fixture) => [`${fixture.look} ${fixture.name}`, fixture] as const))(
		"of the recorded session %s",
		(_name, fixture) => {
			const { size, events } = fixtureRecording(fixture);
			const whole = new WholeCharacters();
			const [ours, reference] = [new OpenTerminal(size), new Reference(size)];
			let written = 0;
			for (const event of events) {
				const step = stepOf(event, whole);
				if (step === undefined) continue;
				for (const terminal of [ours, reference]) play(terminal, step);
				written += step.kind === "resize" ? COMPARED_EVERY_BYTES : step.bytes.length;
				if (written < COMPARED_EVERY_BYTES) continue;
				expect(ours.picture()).toEqual(reference.picture());
				written = 0;
			}
			expect(ours.picture()).toEqual(reference.picture());
		},
	);
});

function stepOf(event: TerminalEvent, whole: WholeCharacters): Step | undefined {
	if (event.kind === "resize") return event;
	return event.kind === "output" ? { kind: "write", bytes: whole.take(event.data) } : undefined;
}

function shown(text: string, size = { cols: 10, rows: 3 }): readonly string[] {
	const terminal = new OpenTerminal(size);
	terminal.write(encoder.encode(text));
	return terminal.picture().rows.map((row) => row.text);
}

describe("our terminal differs", () => {
	it("in strings that nobody sees, which end where they end", () => {
		for (const start of ["\u001bP", "\u001b_", "\u001b^", "\u001bX"]) {
			expect(shown(`a${start}größe 花\u0007\n\u001b\\b`)).toEqual(["ab", "", ""]);
		}
	});

	it("when a line is erased up to its end: the next one continues nothing", () => {
		const terminal = new OpenTerminal({ cols: 4, rows: 3 });
		terminal.write(encoder.encode("abcdef\u001b[1;4H\u001b[1J"));
		expect(terminal.picture().rows.map((row) => [row.text, row.isWrapped])).toEqual([
			["", false],
			["ef", false],
			["", false],
		]);
		terminal.write(encoder.encode("\u001b[3;4H\u001b[1J"));
		expect(terminal.picture().rows.map((row) => row.text)).toEqual(["", "", ""]);
	});

	it("after a full reset: a line feed is one again", () => {
		expect(shown("\u001b[20h\u001bcab\nc")).toEqual(["ab", "  c", ""]);
	});

	it("without autowrap, where a wide character has no room", () => {
		expect(shown("\u001b[?7l花花花", { cols: 5, rows: 1 })).toEqual(["花花"]);
		expect(shown("\u001b[?7l花花花x", { cols: 4, rows: 1 })).toEqual(["花 x"]);
	});

	it("in having limits: to repeating, to marks on one character, to titles", () => {
		expect(shown("a\u001b[2147483647b", { cols: 1000, rows: 2 }).map((row) => row.length)).toEqual([1000, 1]);
		expect(shown(`e${"\u0301".repeat(100_000)}x`)[0]?.length).toBeLessThan(50);
		const terminal = new OpenTerminal({ cols: 10, rows: 3 });
		terminal.write(encoder.encode(`\u001b]0;short\u0007\u001b]0;${"long ".repeat(10_000)}\u0007`));
		expect(terminal.picture().title).toBe("short");
	});
});

describe("our terminal", () => {
	it("shows the same however the bytes are cut, inside characters and sequences", () => {
		const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
		holds(
			fc.property(arbSize, arbStream, cuts, (size, steps, lengths) => {
				const [whole, cut] = [emulator(size), emulator(size)];
				for (const step of steps) {
					playInto(whole, step, [Number.POSITIVE_INFINITY]);
					playInto(cut, step, lengths);
					expect(cut.readScreen()).toEqual(whole.readScreen());
				}
				expect(cut.takeScrolled()).toEqual(whole.takeScrolled());
				expect(cut.cursor).toEqual(whole.cursor);
			}),
			RUNS,
		);
	});

	it("throws at nothing, whatever the bytes and the size", () => {
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 400 }),
			fc
				.array(
					fc.constantFrom(
						...encoder.encode("\u001b[]?;:0123456789ABCDHJKLMPST@XbdfghlmrstuZ\u0007\u0018é花🌻\n"),
					),
					{
						maxLength: 400,
					},
				)
				.map((codes) => Uint8Array.from(codes)),
		);
		const side = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.constantFrom(40, 300, 1000, 100_000));
		const size = fc.record({ cols: side, rows: side });
		holds(
			fc.property(size, fc.array(fc.tuple(bytes, size), { maxLength: 4 }), (first, pieces) => {
				const screen = new Screen(first);
				for (const [data, { cols, rows }] of pieces) {
					const events: TerminalEvent[] = [
						{ kind: "output", at: 0, data },
						{ kind: "resize", at: 0, cols, rows },
					];
					for (const event of events) screen.feed(event);
				}
				screen.flush();
			}),
			{ runs: 100 },
		);
	});

	it("hands a row that left the screen out once, also when a larger window takes it back", () => {
		const terminal = emulator({ cols: 10, rows: 2 });
		terminal.write(encoder.encode("1\r\n2\r\n3\r\n4"));
		terminal.resize(10, 3);
		expect(terminal.readScreen().map((row) => row.text)).toEqual(["2", "3", "4"]);
		expect(terminal.takeScrolled().map((row) => row.text)).toEqual(["1"]);
		terminal.write(encoder.encode("\r\n5"));
		expect(terminal.takeScrolled().map((row) => row.text)).toEqual(["2"]);
	});

	it("keeps what left the main screen until that is shown again", () => {
		const terminal = emulator({ cols: 10, rows: 2 });
		terminal.write(encoder.encode("1\r\n2\r\n3\u001b[?1049hother\r\nlines\r\nhere"));
		expect(terminal.takeScrolled()).toEqual([]);
		terminal.write(encoder.encode("\u001b[?1049l"));
		expect(terminal.takeScrolled().map((row) => row.text)).toEqual(["1"]);
	});

	it("gives a row back as the same object when it is painted anew just as it was, wherever it stands", () => {
		const terminal = emulator({ cols: 20, rows: 3 });
		terminal.write(encoder.encode("\u001b[31mone\u001b[m\r\ntwo"));
		const [one, two] = terminal.readScreen();
		terminal.write(encoder.encode("\u001b[2J\u001b[Htwo\r\n\u001b[31mone\u001b[m\r\n\u001b[32mtwo"));
		const [second, first, other] = terminal.readScreen();
		expect(first).toBe(one);
		expect(second).toBe(two);
		expect(other).not.toBe(two);
	});
});

/** In pieces of these lengths, over and over. */
function playInto(terminal: Emulator, step: Step, lengths: readonly number[]): void {
	if (step.kind === "resize") {
		terminal.resize(step.cols, step.rows);
		return;
	}
	for (let from = 0, n = 0; from < step.bytes.length; n++) {
		const length = lengths[n % lengths.length] ?? 1;
		terminal.write(step.bytes.subarray(from, from + length));
		from += length;
	}
}

function emulator(size: { cols: number; rows: number }): Emulator {
	return new Emulator(size, {
		sync: () => undefined,
		beforeWipe: () => undefined,
		betweenPictures: () => undefined,
	});
}
