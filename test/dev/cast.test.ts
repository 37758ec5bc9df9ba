import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { readCast, toLines, writeCast } from "../../src/dev/cast.ts";

const size = { cols: 80, rows: 24 };
const encoder = new TextEncoder();

const event: fc.Arbitrary<TerminalEvent> = fc.oneof(
	fc.record({
		kind: fc.constantFrom("output" as const, "input" as const),
		at: fc.constant(0),
		data: fc.string({ unit: "grapheme", minLength: 1 }).map((text) => encoder.encode(text)),
	}),
	fc.record({
		kind: fc.constant("resize" as const),
		at: fc.constant(0),
		cols: fc.nat(500),
		rows: fc.nat(200),
	}),
	fc.record({ kind: fc.constant("marker" as const), at: fc.constant(0), label: fc.string() }),
	fc.record({ kind: fc.constant("exit" as const), at: fc.constant(0), code: fc.nat(255) }),
);

describe("a recording as asciicast", () => {
	it("gives back what was written, to the microsecond", () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(event, fc.nat(1e6)), { maxLength: 30 }), (steps) => {
				let at = 0;
				const events = steps.map(([one, microseconds]) => {
					at += microseconds / 1000;
					return { ...one, at };
				});
				const read = readCast(writeCast({ size, command: "claude" }, toLines(events)));
				expect(read.size).toEqual(size);
				expect(read.events.map(plain)).toEqual(events.map(plain));
			}),
		);
	});

	it("has a character that was cut between two reads whole, in the second", () => {
		const bytes = encoder.encode("…");
		const events: TerminalEvent[] = [
			{ kind: "output", at: 0, data: bytes.subarray(0, 2) },
			{ kind: "output", at: 5, data: bytes.subarray(2) },
		];
		expect(toLines(events)).toEqual([{ at: 5, code: "o", data: "…" }]);
	});

	it("is read in version 2 too, whose times count from the start", () => {
		const text = '{"version":2,"width":80,"height":24}\n[0.5,"o","a"]\n[0.75,"o","b"]\n';
		expect(readCast(text).events.map(({ at }) => at)).toEqual([500, 750]);
	});

	it.each([
		["nothing", "", /line 1/],
		["a future version", '{"version":9,"width":80,"height":24}', /no recording/],
		["a line cut in the middle", '{"version":2,"width":80,"height":24}\n[0.5,"o', /line 2/],
		["a line that is no event", '{"version":2,"width":80,"height":24}\n{"a":1}', /line 2/],
	])("of %s is refused, with the place", (_, text, reason) => {
		expect(() => readCast(text)).toThrow(reason);
	});
});

function plain(event: TerminalEvent): object {
	const at = event.at.toFixed(3);
	return "data" in event ? { ...event, at, data: new TextDecoder().decode(event.data) } : { ...event, at };
}
