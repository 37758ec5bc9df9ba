import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparePidScope, currentBootId } from "../../src/config/boot.ts";
import { loadConfig } from "../../src/config/config.ts";
import { parseDotenv } from "../../src/config/dotenv.ts";
import { resolvePaths } from "../../src/config/paths.ts";

const linux = { platform: "linux", home: "/home/ada" };

describe("paths", () => {
	test("CTRACE_HOME decides for everything", () => {
		const env = { CTRACE_HOME: "/srv/ct", XDG_DATA_HOME: "/elsewhere" };
		expect(resolvePaths({ ...linux, env })).toEqual({
			config: "/srv/ct/config",
			data: "/srv/ct/data",
			state: "/srv/ct/state",
			cache: "/srv/ct/cache",
			database: "/srv/ct/data/ctrace.db",
			dotenv: "/srv/ct/config/.env",
			privacy: "/srv/ct/config/privacy.yml",
		});
	});

	test("on Linux the XDG directories count, unless they are relative", () => {
		const env = { XDG_CONFIG_HOME: "/x/config", XDG_DATA_HOME: "relative" };
		expect(resolvePaths({ ...linux, env })).toMatchObject({
			config: "/x/config/ctrace",
			data: "/home/ada/.local/share/ctrace",
			state: "/home/ada/.local/state/ctrace",
			cache: "/home/ada/.cache/ctrace",
		});
	});

	test("on macOS everything is in the person's Library", () => {
		const paths = resolvePaths({ platform: "darwin", home: "/Users/ada", env: { XDG_DATA_HOME: "/x" } });
		expect(paths.database).toBe("/Users/ada/Library/Application Support/ctrace/data/ctrace.db");
		expect(paths.cache).toBe("/Users/ada/Library/Caches/ctrace");
	});

	test("a relative CTRACE_HOME is refused, for it would mean another place in every directory", () => {
		expect(() => resolvePaths({ ...linux, env: { CTRACE_HOME: "here" } })).toThrow(
			expect.objectContaining({ code: "config", message: expect.stringContaining('"here"') }),
		);
	});
});

describe("settings", () => {
	test("an option beats the environment, which beats the file, which beats the default", () => {
		const dotenv = "TRANSCRIPTS=off\nPAGER=most\n";
		expect(loadConfig({ ...linux, env: {} }).transcripts).toBe(true);
		expect(loadConfig({ ...linux, env: {}, dotenv })).toMatchObject({ transcripts: false, pager: "most" });
		expect(loadConfig({ ...linux, env: { CTRACE_TRANSCRIPTS: "on" }, dotenv }).transcripts).toBe(true);
		const options = { transcripts: false };
		expect(loadConfig({ ...linux, env: { CTRACE_TRANSCRIPTS: "on" }, dotenv, options }).transcripts).toBe(
			false,
		);
	});

	test("an un-prefixed name in the environment never counts", () => {
		const env = { TRANSCRIPTS: "off", OFF: "1", PAGER: "less" };
		expect(loadConfig({ ...linux, env })).toMatchObject({
			transcripts: true,
			recording: true,
			pager: undefined,
		});
	});

	test.each([
		["1", false],
		["on", false],
		["TRUE", false],
		["0", true],
		["", true],
		["no", true],
	])("CTRACE_OFF=%s means recording: %s", (value, recording) => {
		expect(loadConfig({ ...linux, env: { CTRACE_OFF: value } }).recording).toBe(recording);
	});

	test("a wrong value is named with what it may be", () => {
		expect(() => loadConfig({ ...linux, env: { CTRACE_TRANSCRIPTS: "maybe" } })).toThrow(
			expect.objectContaining({
				code: "config",
				message: 'CTRACE_TRANSCRIPTS must be on or off, not "maybe"',
			}),
		);
	});

	test("the value is frozen", () => {
		const config = loadConfig({ ...linux, env: {} });
		expect([Object.isFrozen(config), Object.isFrozen(config.paths)]).toEqual([true, true]);
	});
});

describe("the .env file", () => {
	test("knows comments, quotes, escapes and export", () => {
		const text = [
			"\ufeff# a comment",
			"A=plain # trailing",
			'B="two words\\nand \\"quotes\\""  # why',
			"C='literal \\n $X'",
			"  export D = spaced ",
			"E=",
			"F=# nothing",
			"G=a#b",
			"not an assignment",
			"H=windows\r",
		].join("\n");
		expect(parseDotenv(text)).toEqual({
			A: "plain",
			B: 'two words\nand "quotes"',
			C: "literal \\n $X",
			D: "spaced",
			E: "",
			F: "",
			G: "a#b",
			H: "windows",
		});
	});

	test("never throws", () => {
		fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof parseDotenv(text) === "object"));
	});
});

describe("pids and boots", () => {
	test("a boot id is the boot and the process namespace, or unknown", () => {
		const files = { readText: () => "abc\n", readLink: () => "pid:[1]" };
		expect(currentBootId(files)).toBe("abc/pid:[1]");
		expect(currentBootId({ ...files, readText: () => undefined })).toBeUndefined();
	});

	test.each([
		["a/1", "a/1", "here"],
		["a/1", "b/1", "gone"],
		["a/1", "a/2", "elsewhere"],
		[undefined, "a/1", "here"],
		["a/1", undefined, "here"],
	])("a pid of %s seen from %s is %s", (recorded, current, scope) => {
		expect(comparePidScope(recorded, current)).toBe(scope);
	});
});
