// Memory that copies stand in: used again, and little more than they need.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pages, type Room } from "../../src/terminal/pages.ts";

const PAGE = 100;

function taken(pages: Pages, bytes: number): Room {
	const room = pages.take(bytes);
	if (room === undefined) throw new Error("no room");
	return room;
}

const memoryOf = (rooms: readonly Room[]) => new Set(rooms.map(({ bytes }) => bytes.buffer)).size;

describe("pages", () => {
	it("hold small pieces one behind the other", () => {
		const pages = new Pages(PAGE, 10 * PAGE);
		const rooms = Array.from({ length: 20 }, () => taken(pages, 10));
		expect(memoryOf(rooms)).toBe(2);
	});

	it("are used again when all that stands in them is given back, and not before", () => {
		const pages = new Pages(PAGE, 2 * PAGE);
		const [first, second, other] = [taken(pages, 60), taken(pages, 40), taken(pages, PAGE)];
		pages.giveBack(first);
		expect(pages.take(50)).toBeUndefined();
		pages.giveBack(second);
		expect(taken(pages, 50).bytes.buffer).toBe(first.bytes.buffer);
		expect(memoryOf([first, second])).toBe(1);
		expect(other.bytes.buffer).not.toBe(first.bytes.buffer);
	});

	it("have no room for what is larger than one, nor for more than they may be", () => {
		const pages = new Pages(PAGE, PAGE);
		expect(pages.take(PAGE + 1)).toBeUndefined();
		taken(pages, PAGE);
		expect(pages.take(1)).toBeUndefined();
	});

	it("never give the same bytes to two, in whatever order they come back", () => {
		const step = fc.record({ bytes: fc.integer({ min: 1, max: PAGE }), back: fc.nat(8) });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
				const pages = new Pages(PAGE, 4 * PAGE);
				const held: { room: Room; mark: number }[] = [];
				for (const [mark, { bytes, back }] of steps.entries()) {
					const room = pages.take(bytes);
					room?.bytes.fill(mark);
					if (room !== undefined) held.push({ room, mark });
					expect(held.filter((each) => each.room.bytes.some((byte) => byte !== each.mark))).toEqual([]);
					const [gone] = held.splice(back, 1);
					pages.giveBack(gone?.room);
				}
			}),
		);
	});
});
