import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Paint, Picture, PictureRow, Run } from "../../src/core/picture.ts";
import type { Moment, RecordingChunk } from "../../src/core/recording.ts";
import { ChunkWriter } from "../../src/replay/chunk-writer.ts";
import { decodeChunk } from "../../src/replay/decode.ts";
import { pack, unpack } from "../../src/replay/pack.ts";
import { Reel } from "../../src/replay/reel.ts";

const paint = fc.record<Paint>({
	fg: fc.constantFrom(0, 0x1000000 | 4, 0x1000000 | 200, 0x2000000 | 0x4eba65),
	bg: fc.constantFrom(0, 0x1000000 | 1, 0x2000000 | 0xffffff),
	attributes: fc.integer({ min: 0, max: 63 }),
});
const narrow = fc.record({
	text: fc.string({ unit: fc.constantFrom("a", "Z", " ", "●", "é", "│"), minLength: 1, maxLength: 12 }),
	paint,
});
const run: fc.Arbitrary<Run> = fc.oneof(
	narrow.map(({ text, paint }) => ({ text, cells: text.length, width: 1 as const, paint })),
	paint.map((paint) => ({ text: "漢字", cells: 2, width: 2 as const, paint })),
	paint.map((paint) => ({ text: "👩‍👩‍👧", cells: 1, width: 2 as const, paint })),
);
const row: fc.Arbitrary<PictureRow> = fc.record({
	runs: fc.array(run, { maxLength: 4 }),
	isWrapped: fc.boolean(),
});
/** Rows that are taken up again, scroll, and change. */
const recording: fc.Arbitrary<readonly Moment[]> = fc
	.record({
		rows: fc.array(row, { minLength: 3, maxLength: 8 }),
		steps: fc.array(
			fc.record({
				wait: fc.integer({ min: 0, max: 4000 }),
				picks: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
				cols: fc.constantFrom(80, 80, 80, 60),
				kind: fc.constantFrom("picture", "picture", "picture", "picture", "gap"),
				cursor: fc.record({ x: fc.nat(80), y: fc.nat(20), visible: fc.boolean() }),
			}),
			{ minLength: 1, maxLength: 40 },
		),
	})
	.map(({ rows, steps }) => {
		let at = 0;
		return steps.map(({ wait, picks, cols, kind, cursor }): Moment => {
			at += wait;
			if (kind === "gap") return { kind: "gap", at, reason: "paused" };
			const picture: Picture = {
				at,
				cols,
				rows: picks.map((pick) => rows[pick % rows.length] as PictureRow),
				cursor: cursor.visible ? cursor : { x: 0, y: 0, visible: false },
			};
			return { kind: "picture", at, picture };
		});
	});

/** As the store has them after each stretch was saved: the newest form of each chunk. */
function stored(moments: readonly Moment[], every = 3): RecordingChunk[] {
	const writer = new ChunkWriter();
	const chunks = new Map<number, RecordingChunk>();
	for (let from = 0; from < moments.length; from += every)
		for (const chunk of writer.write(moments.slice(from, from + every))) chunks.set(chunk.seq, chunk);
	for (const chunk of writer.finish()) chunks.set(chunk.seq, chunk);
	return [...chunks.values()];
}

function reelOf(chunks: readonly RecordingChunk[]): Reel {
	return new Reel({
		places: chunks,
		read: (seq) => chunks.find((chunk) => chunk.seq === seq) as RecordingChunk,
	});
}

describe("a recording", () => {
	test("is the same again when it is read", () => {
		fc.assert(
			fc.property(recording, (moments) => {
				expect([...reelOf(stored(moments)).moments()]).toEqual(moments);
			}),
		);
	});

	test("shows at each time what its differences add up to, from whichever key picture", () => {
		fc.assert(
			fc.property(recording, fc.nat(200_000), (moments, time) => {
				const reel = reelOf(stored(moments));
				const wanted = moments.findLast(({ at }) => at <= time) ?? moments[0];
				expect(reel.at(time)).toEqual(wanted);
				expect(reel.after(time)).toEqual(moments.find(({ at }) => at > time));
				expect(reel.before(time)).toEqual(moments.findLast(({ at }) => at < time));
			}),
		);
	});

	test("begins anew every few seconds: each chunk is read by itself", () => {
		fc.assert(
			fc.property(recording, (moments) => {
				const chunks = stored(moments);
				for (const chunk of [...chunks].reverse()) {
					const own = decodeChunk(unpack(chunk));
					expect(own).toEqual(moments.filter(({ at }) => at >= chunk.fromMs).slice(0, own.length));
					expect(chunk.toMs - chunk.fromMs).toBeLessThan(8000);
				}
			}),
		);
	});

	test("has lost nothing that was taken before a sudden end", () => {
		fc.assert(
			fc.property(recording, (moments) => {
				const writer = new ChunkWriter();
				const chunks = new Map(writer.write(moments).map((chunk) => [chunk.seq, chunk]));
				expect([...reelOf([...chunks.values()]).moments()]).toEqual(moments);
			}),
		);
	});

	test("that is damaged says so, whatever its bytes are", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				for (const read of [() => decodeChunk(bytes), () => unpack({ encoding: "brotli", bytes })])
					try {
						read();
					} catch (error) {
						expect(error).toMatchObject({ code: expect.stringMatching(/^store-(?:damaged|newer)$/) });
					}
			}),
		);
		const whole = pack(new Uint8Array([1, 0]));
		expect(unpack({ encoding: "brotli", bytes: whole })).toEqual(Buffer.from([1, 0]));
	});
});
