import { describe, expect, test } from "vitest";
import { noteLine, readNote } from "../../src/core/wire.ts";
import { pauseNotice } from "../../src/wrap/notice.ts";

describe("the line after a session", () => {
	test.each([
		[{ count: 0, isPaused: false }, undefined],
		[{ count: 1, isPaused: true }, "ctrace: this session was recorded until it was paused"],
		[{ count: 1, isPaused: false }, "ctrace: this session was recorded, but for what was paused (once)"],
		[{ count: 3, isPaused: false }, "ctrace: this session was recorded, but for what was paused (3 times)"],
	])("says what was paused: %j", (pauses, line) => {
		expect(pauseNotice(pauses)).toBe(line);
	});

	test("is told of pauses on the recorder's own channel, and takes nothing else for one", () => {
		expect([true, false].map((isPaused) => readNote(noteLine(isPaused).trimEnd()))).toEqual([
			"paused",
			"resumed",
		]);
		expect(["paused", "the disk is full", ""].map(readNote)).toEqual([undefined, undefined, undefined]);
	});
});
