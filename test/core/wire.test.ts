import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import {
	encodeEvent,
	encodeMessage,
	type SessionStart,
	WireDecoder,
	WireError,
} from "../../src/core/wire.ts";

const at = fc.double({ min: 0, max: 1e12, noNaN: true });
const data = fc.uint8Array({ maxLength: 300 });
const event: fc.Arbitrary<TerminalEvent> = fc.oneof(
	fc.record({ kind: fc.constant("output" as const), at, data }),
	fc.record({ kind: fc.constant("input" as const), at, data }),
	fc.record({ kind: fc.constant("resize" as const), at, cols: fc.nat(1000), rows: fc.nat(1000) }),
	fc.record({ kind: fc.constant("marker" as const), at, label: fc.string({ unit: "grapheme" }) }),
	fc.record({ kind: fc.constant("gap" as const), at, reason: fc.string(), lostBytes: fc.nat() }),
	fc.record({ kind: fc.constant("exit" as const), at, code: fc.nat(255) }),
	fc.record({ kind: fc.constant("exit" as const), at, signal: fc.constantFrom("SIGKILL", "SIGTERM") }),
);

const start: SessionStart = {
	command: ["claude", "--continue", "räum auf"],
	cwd: "/home/ada/project",
	startedAt: 1_767_225_600_000,
	cols: 80,
	rows: 24,
	attachment: "pty",
	wrapperPid: 4711,
	childPid: 4712,
	transcripts: true,
};

describe("the wire between wrapper and recorder", () => {
	it("gives back every event, however the bytes are cut", () => {
		fc.assert(
			fc.property(
				fc.array(event, { maxLength: 12 }),
				fc.array(fc.integer({ min: 1, max: 64 })),
				(events, cuts) => {
					const bytes = Buffer.concat([
						encodeMessage({ kind: "start", start }),
						...events.map((one) => encodeEvent(one)),
					]);
					const decoder = new WireDecoder();
					const messages = slices(bytes, cuts).flatMap((part) => decoder.feed(part));
					expect(messages[0]).toEqual({ kind: "start", start });
					expect(messages.slice(1).map(plain)).toEqual(
						events.map((one) => plain({ kind: "event", event: one })),
					);
					expect(decoder.pending).toBe(false);
				},
			),
		);
	});

	it("keeps a torn record back and says so", () => {
		const bytes = encodeEvent({ kind: "output", at: 1, data: new Uint8Array([1, 2, 3]) });
		const decoder = new WireDecoder();
		expect(decoder.feed(bytes.subarray(0, bytes.length - 1))).toEqual([]);
		expect(decoder.pending).toBe(true);
	});

	it("skips a kind that a newer wrapper may send", () => {
		const unknown = encodeEvent({ kind: "marker", at: 1, label: "x" });
		unknown[4] = 99;
		const known = encodeEvent({ kind: "resize", at: 2, cols: 3, rows: 4 });
		expect(new WireDecoder().feed(Buffer.concat([unknown, known]))).toEqual([
			{ kind: "event", event: { kind: "resize", at: 2, cols: 3, rows: 4 } },
		]);
	});

	it("refuses a length that cannot be one, instead of waiting for gigabytes", () => {
		expect(() => new WireDecoder().feed(new Uint8Array([255, 255, 255, 255, 1]))).toThrow(WireError);
	});
});

function slices(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
	const parts: Uint8Array[] = [];
	let offset = 0;
	for (const cut of cuts) {
		parts.push(bytes.subarray(offset, offset + cut));
		offset += cut;
	}
	return [...parts, bytes.subarray(offset)];
}

/** Without the difference between a Buffer and an array of the same bytes, and without absent fields. */
function plain(message: { readonly kind: string; readonly event?: TerminalEvent }): unknown {
	const { event: one } = message;
	if (one !== undefined && "data" in one) return { ...one, data: [...one.data] };
	return JSON.parse(JSON.stringify(one));
}
