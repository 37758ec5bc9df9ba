import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { parsePauseKeys } from "../../src/config/pause-keys.ts";

const bytesOf = (text: string) => {
	const keys = parsePauseKeys(text);
	return keys === undefined ? undefined : Buffer.from(keys).toString("latin1");
};

describe("the keys that pause", () => {
	test.each([
		["ctrl-] p", "\u001dp"],
		["Ctrl-X  ctrl-r", "\u0018\u0012"],
		["^_", "\u001f"],
		["c-\\", "\u001c"],
		["alt-p", "\u001bp"],
		["F12", "\u001b[24~"],
		["f1 space", "\u001bOP "],
		["esc esc esc p", "\u001b\u001b\u001bp"],
	])("are what a terminal sends for them: %s", (text, bytes) => {
		expect(bytesOf(text)).toBe(bytes);
	});

	test.each([
		"",
		"p",
		"p p",
		"7",
		"space",
		"tab x",
		"ctrl-",
		"ctrl-[",
		"hyper-p",
		"f13",
		"f1 f1 f1 f1 f1",
		"ctrl-]p",
	])("are no keys, or would be typed by accident: %j", (text) => {
		expect(bytesOf(text)).toBeUndefined();
	});

	test("are none unless they are chosen, and a wrong choice is said", () => {
		const load = (keys?: string) =>
			loadConfig({
				env: keys === undefined ? {} : { CTRACE_PAUSE_KEYS: keys },
				platform: "linux",
				home: "/home/ada",
			}).pauseKeys;
		expect([load(), load("off")]).toEqual([new Uint8Array(), new Uint8Array()]);
		expect(Buffer.from(load("ctrl-] p")).toString("latin1")).toBe("\u001dp");
		expect(() => load("p")).toThrow(/PAUSE_KEYS/);
	});
});
