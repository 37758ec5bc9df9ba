import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteReader, ByteWriter } from "../../src/replay/bytes.ts";

const text = fc.oneof(
	fc.string({ maxLength: 200 }),
	fc.string({ unit: fc.constantFrom("a", "é", "漢", "👩‍👩‍👧", "\x7f", "\x80"), maxLength: 80 }),
	fc.integer({ min: 0, max: 140 }).map((length) => "x".repeat(length)),
);
const values = fc.array(fc.oneof(text, fc.nat(), fc.integer({ min: 0, max: 2 ** 40 })), { maxLength: 300 });

test("numbers and texts are read as they were written, however many, wherever the room for them ends", () => {
	fc.assert(
		fc.property(values, fc.integer({ min: 4080, max: 4100 }), (all, before) => {
			const writer = new ByteWriter();
			const written = [...Array.from({ length: before }, () => 1), ...all];
			for (const one of written) typeof one === "string" ? writer.text(one) : writer.number(one);
			const reader = new ByteReader(writer.toBytes());
			const read = written.map((one) => (typeof one === "string" ? reader.text() : reader.number()));
			expect(read).toEqual(written);
			expect(reader.isAtEnd).toBe(true);
		}),
		{ numRuns: 300 },
	);
});
