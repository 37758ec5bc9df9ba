import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { renderDotenv } from "../../src/cli/settings/render-dotenv.ts";
import { parseDotenv } from "../../src/config/dotenv.ts";
import { SETTING_NAMES, settingFacts } from "../../src/config/settings.ts";
import { PRIVACY_MODES } from "../../src/masking/privacy-mode.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const listSchema = z.array(
	z.object({
		name: z.string(),
		value: z.string().optional(),
		origin: z.enum(["flag", "environment", "file", "default"]),
		allowed: z.string().min(1),
		isSecret: z.boolean(),
		problem: z.string().optional(),
	}),
);

function list(place: CliScene, ...words: string[]) {
	const { code, out } = place.run("config", "list", "--json", ...words);
	const all = listSchema.parse(JSON.parse(out));
	return { code, all, one: (name: string) => all.find((setting) => setting.name === name) };
}

function dotenvOf(place: CliScene): string {
	return join(place.home, "ct", "config", ".env");
}

function writeDotenv(place: CliScene, text: string): void {
	mkdirSync(join(place.home, "ct", "config"), { recursive: true });
	writeFileSync(dotenvOf(place), text, { mode: 0o600 });
}

describe("ctrace config", () => {
	test("lists every setting with who says what it is", () => {
		using place = cliScene(cli);
		writeDotenv(place, "LOG_LEVEL=warn\nAUTO_SYNC_INTERVAL=60\n");
		place.env.CTRACE_AUTO_SYNC_INTERVAL = "30";
		const { code, all, one } = list(place, "--no-transcript");
		expect(code).toBe(0);
		expect(all.map(({ name }) => name)).toEqual(["HOME", ...SETTING_NAMES]);
		expect(one("HOME")).toMatchObject({ value: join(place.home, "ct"), origin: "environment" });
		expect(one("LOG_LEVEL")).toMatchObject({ value: "warn", origin: "file" });
		expect(one("AUTO_SYNC_INTERVAL")).toMatchObject({ value: "30", origin: "environment" });
		expect(one("TRANSCRIPTS")).toMatchObject({ value: "off", origin: "flag" });
		expect(one("RETENTION_DAYS")).toMatchObject({ value: "0", origin: "default" });
		expect(one("SUPABASE_URL")?.value).toBeUndefined();
		const text = place.run("config").out;
		for (const name of SETTING_NAMES) expect(text).toMatch(new RegExp(`^  ${name} +\\w`, "m"));
	});

	test("shows no secret unless it is asked to", () => {
		using place = cliScene(cli);
		const secret = `made-up-${Math.random()}`;
		writeDotenv(place, `GITHUB_TOKEN=${secret}\nBACKUP_REMOTE=https://ada:${secret}@example.org/x.git\n`);
		for (const words of [["list"], ["list", "--json"], ["get", "GITHUB_TOKEN"], ["get", "BACKUP_REMOTE"]])
			expect(place.run("config", ...words).out).not.toContain(secret);
		expect(place.run("config", "get", "github-token").out).toBe("********\n");
		expect(place.run("config", "get", "GITHUB_TOKEN", "--reveal").out).toBe(`${secret}\n`);
	});

	test("sets and unsets in the file, for its person alone, and keeps comments", () => {
		using place = cliScene(cli);
		writeDotenv(place, "# mine\nLOG_LEVEL=info # for now\n");
		expect(place.run("config", "set", "log-level", "debug").code).toBe(0);
		expect(readFileSync(dotenvOf(place), "utf8")).toBe("# mine\nLOG_LEVEL=debug # for now\n");
		expect(statSync(dotenvOf(place)).mode & 0o777).toBe(0o600);
		expect(place.run("config", "get", "CTRACE_LOG_LEVEL").out).toBe("debug\n");
		expect(place.run("config", "unset", "LOG_LEVEL").code).toBe(0);
		expect(readFileSync(dotenvOf(place), "utf8")).toBe("# mine\n");
		expect(place.run("config", "path").out).toBe(`${dotenvOf(place)}\n`);
	});

	test("makes a file that is not there, and says when the environment counts before it", () => {
		using place = cliScene(cli);
		place.env.CTRACE_COLLECT = "own";
		const { code, err } = place.run("config", "set", "COLLECT", "off");
		expect(code).toBe(0);
		expect(err).toContain("CTRACE_COLLECT is set in the environment");
		expect(statSync(dotenvOf(place)).mode & 0o777).toBe(0o600);
	});

	test.each([
		[["RETENTION_DAYS", "soon"], 'CTRACE_RETENTION_DAYS must be a whole number of days, not "soon"'],
		[["PRIVACY_MODE", "lax"], 'CTRACE_PRIVACY_MODE must be minimal, moderate or strict, not "lax"'],
		[["LOG_LEVEL", "loud"], 'CTRACE_LOG_LEVEL must be error, warn, info, debug, not "loud"'],
		[["LOG_LEVL", "info"], "Did you mean LOG_LEVEL?"],
		[["PAGER", "a\nb"], "PAGER must be one line of text"],
		[["CTRACE_HOME", "/x"], "export CTRACE_HOME="],
	])("config set %j is refused with what it may be", (words, said) => {
		using place = cliScene(cli);
		const { code, err } = place.run("config", "set", ...words);
		expect(code).not.toBe(0);
		expect(err).toContain(said);
		expect(existsSync(dotenvOf(place))).toBe(false);
	});

	test("a wrong value is named with its origin, and can be mended", () => {
		using place = cliScene(cli);
		writeDotenv(place, "RETENTION_DAYS=soon\n");
		expect(place.run("sessions", "list")).toMatchObject({
			code: 1,
			err: expect.stringContaining('CTRACE_RETENTION_DAYS must be a whole number of days, not "soon"'),
		});
		const { code, one } = list(place);
		expect({ code, problem: one("RETENTION_DAYS")?.problem }).toEqual({
			code: 1,
			problem: 'CTRACE_RETENTION_DAYS must be a whole number of days, not "soon"',
		});
		expect(place.run("config", "set", "RETENTION_DAYS", "30").code).toBe(0);
		expect(place.run("sessions", "list").code).toBe(0);
	});

	test("a secret can be typed instead of given as an argument", () => {
		using place = cliScene(cli);
		const secret = `made-up-${Math.random()}`;
		const { code, out, err } = place.type(`${secret}\n`, "config", "set", "GITHUB_TOKEN");
		expect({ code, shown: (out + err).includes(secret) }).toEqual({ code: 0, shown: false });
		expect(parseDotenv(readFileSync(dotenvOf(place), "utf8"))).toEqual({ GITHUB_TOKEN: secret });
	});
});

describe("the settings' own page", () => {
	test("a page with values sets these and nothing else", () => {
		const values = {
			LOG_LEVEL: "debug",
			BACKUP_AUTHOR: "Ada <ada@example.org>",
			GITHUB_TOKEN: 'it\'s # "x"',
		};
		expect(parseDotenv(renderDotenv(values))).toEqual(values);
	});

	test("every setting says what it does and what it may be", () => {
		for (const name of SETTING_NAMES) {
			const { about, allowed } = settingFacts(name);
			expect([name, /\.$/.test(about), allowed.length > 0]).toEqual([name, true, true]);
		}
		expect(settingFacts("PRIVACY_MODE").words).toEqual(PRIVACY_MODES);
	});
});
