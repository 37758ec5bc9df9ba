import { expect, test } from "vitest";
import { isRecordedProcessAlive } from "../../src/config/boot.ts";

/** A machine on which process 42 answers to signals, in the state that `/proc` tells. */
const machine = (stat: string | undefined) => ({
	readText: (path: string) => (path === "/proc/42/stat" ? stat : undefined),
	readLink: () => undefined,
	signal: () => true,
});
const recorded = { pid: 42, bootId: undefined };

test.each([
	["runs", "42 (node) S 1 42 42", true],
	["is stopped", "42 (node) T 1 42 42", true],
	["has ended, and nobody asked for its exit code", "42 (node) Z 1 42 42", false],
	["is called like a state", "42 (a) Z (b) R 1 42 42", true],
	["is told of by no /proc", undefined, true],
])("a process that %s", (_, stat, isAlive) => {
	expect(isRecordedProcessAlive(recorded, machine(stat))).toBe(isAlive);
});

test("a process that nobody finds is gone, and one of another user's is there", () => {
	const failing = (code: string) => ({
		...machine(undefined),
		signal: () => {
			throw Object.assign(new Error(code), { code });
		},
	});
	expect(isRecordedProcessAlive(recorded, failing("ESRCH"))).toBe(false);
	expect(isRecordedProcessAlive(recorded, failing("EPERM"))).toBe(true);
});
