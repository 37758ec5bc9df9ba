import { describe, expect, it } from "vitest";
import { parseProcStat, parsePsLine } from "../../src/terminal/process-state.ts";
import { hasSuspendKey } from "../../src/terminal/suspend-key.ts";
import { differsFromNewPty, parseDiscipline } from "../../src/terminal/terminal-settings.ts";

describe("what the system says about a terminal and its process", () => {
	it("is read from GNU stty", () => {
		const text = "intr = ^C; susp = ^Z; rprnt = ^R;\nisig icanon iexten echo";
		expect(parseDiscipline(text)).toEqual({ canonical: true, signals: true, suspend: "^Z" });
	});

	it("is read from BSD stty, where a dash means off", () => {
		const text = "lflags: -icanon -isig echo\ncchars: stop = ^S; susp = <undef>;";
		expect(parseDiscipline(text)).toEqual({ canonical: false, signals: false, suspend: "<undef>" });
	});

	it("is read from a process whose name contains brackets and blanks", () => {
		const text = "4711 (a) b (c) T 12 4711 4711 34816 99 4194304";
		expect(parseProcStat(text)).toEqual({
			parent: 12,
			group: 4711,
			session: 4711,
			foregroundGroup: 99,
			stopped: true,
		});
	});

	it("is read from ps", () => {
		expect(parsePsLine("  12  4711    99 S+\n")).toEqual({
			parent: 12,
			group: 4711,
			session: 0,
			foregroundGroup: 99,
			stopped: false,
		});
		expect(parsePsLine("")).toBeUndefined();
	});

	it("tells a user's own line settings from those of a new pseudo-terminal", () => {
		const fresh = "6d02:5:4bf:8a3b:3:1c:7f:15:4:0:1:0:11:13:1a:ff:12:f:17:16:ff:0:0:0";
		expect(differsFromNewPty(fresh)).toBe(false);
		expect(differsFromNewPty(fresh.replace("6d02", "4500"))).toBe(true);
		expect(differsFromNewPty("gfmt1:cflag=4b00:iflag=6b02")).toBe(true);
	});

	it.each([
		["a byte", "\x1a", true],
		["the kitty protocol", "\x1b[122;5u", true],
		["modifyOtherKeys", "\x1b[27;5;122~", true],
		["another key", "\x1b[A", false],
		["text", "z", false],
	])("Ctrl-Z is recognised as %s", (_name, keys, expected) => {
		expect(hasSuspendKey(Buffer.from(keys, "latin1"))).toBe(expected);
	});
});
