import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ModeTracker } from "../../src/terminal/mode-tracker.ts";

const killed = { signal: "SIGKILL" } as const;
const crashed = { code: 1 };

function resetAfter(output: string, exit: { readonly code?: number; readonly signal?: "SIGKILL" }): string {
	const tracker = new ModeTracker();
	tracker.feed(Buffer.from(output, "latin1"));
	return tracker.resetFor(exit);
}

describe("modes a dead program left on", () => {
	it.each([
		["alternate screen", "\x1b[?1049h", "\x1b[?1049l"],
		["mouse and paste in one sequence", "\x1b[?1000;1006;2004h", "\x1b[?1000l\x1b[?1006l\x1b[?2004l"],
		["focus reports", "\x1b[?1004h", "\x1b[?1004l"],
		["synchronised output", "\x1b[?2026h", "\x1b[?2026l"],
		["kitty keyboard, pushed twice", "\x1b[>1u\x1b[>5u", "\x1b[<2u"],
		["kitty keyboard, set", "\x1b[=5;1u", "\x1b[=0;1u"],
		["modifyOtherKeys", "\x1b[>4;2m", "\x1b[>4;0m"],
		["application cursor keys", "\x1b[?1h", "\x1b[?1l"],
		["application keypad", "\x1b=", "\x1b>"],
		["hidden cursor", "\x1b[?25l", "\x1b[?25h"],
		["scroll region", "\x1b[3;20r", "\x1b7\x1b[r\x1b8"],
	])("are switched off after a signal: %s", (_name, output, reset) => {
		expect(resetAfter(output, killed)).toBe(reset);
	});

	it("are left alone when the program switched them off itself", () => {
		const output = "\x1b[?1049h\x1b[?2004h\x1b[>1u\x1b[?25l … \x1b[?25h\x1b[<u\x1b[?2004l\x1b[?1049l";
		expect(resetAfter(output, killed)).toBe("");
	});

	it("are left alone after exit code 0, whatever they are", () => {
		expect(resetAfter("\x1b[?1049h\x1b[?25l\x1b[>1u", { code: 0 })).toBe("");
	});

	it("are reset after a crash only where they would make the shell unusable", () => {
		expect(resetAfter("\x1b[?2004h\x1b[?25l\x1b[?1h", crashed)).toBe("\x1b[?2004l");
	});

	it("pops the keyboard of the alternate screen before leaving it, and the main one's after", () => {
		expect(resetAfter("\x1b[>1u\x1b[?1049h\x1b[>3u", killed)).toBe("\x1b[<1u\x1b[?1049l\x1b[<1u");
	});

	it("are forgotten after a full reset of the terminal", () => {
		expect(resetAfter("\x1b[?1049h\x1b[>1u\x1b[?25l\x1bc", killed)).toBe("");
	});

	it("are found however the bytes are cut", () => {
		const output = Buffer.from(
			"text\x1b[?1049;25h\x1b[>1u…\x1b]0;title\x07\x1b[31m\x1b[?2004h\x1b[2;9r",
			"utf8",
		);
		const whole = new ModeTracker();
		whole.feed(output);
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 9 })), (cuts) => {
				const tracker = new ModeTracker();
				let offset = 0;
				for (const cut of cuts) {
					tracker.feed(output.subarray(offset, offset + cut));
					offset += cut;
				}
				tracker.feed(output.subarray(offset));
				expect(tracker.resetFor(killed)).toBe(whole.resetFor(killed));
			}),
		);
	});

	it("are found however near other sequences are, and however the bytes are cut", () => {
		const piece = fc.constantFrom(
			...[
				"\x1b[31m",
				"\x1b[3;20r",
				"\x1b[r",
				"\x1b[?25l",
				"\x1b[?1h",
				"\x1b[>1u",
				"\x1b[<u",
				"\x1b[u",
				"\x1b[!p",
				"\x1b[4:3m",
			],
			...[
				"\x1b",
				"\x1b[",
				"[",
				"3",
				";",
				"r",
				"\x1bc",
				"\x1b=",
				"\x1b>",
				"\x1b[5",
				"\x1b[1\x1b[2;3r",
				"text",
				"\x07",
				"\x1b[?1049h",
			],
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
				const output = Buffer.from(pieces.join(""), "latin1");
				const [whole, cut] = [new ModeTracker(), new ModeTracker()];
				whole.feed(output);
				for (const byte of output) cut.feed(Uint8Array.of(byte));
				expect(whole.resetFor(killed)).toBe(cut.resetFor(killed));
			}),
			{ numRuns: 2000 },
		);
	});

	it("never trips over random bytes", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
				const tracker = new ModeTracker();
				tracker.feed(bytes);
				expect(typeof tracker.resetFor(killed)).toBe("string");
			}),
		);
	});
});
