/** The first run as a person meets it: on a real terminal, against a real repository. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseDotenv } from "../../src/config/dotenv.ts";
import { bareRemote } from "../backup/scene.ts";
import { Outside } from "../support/outside.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const FOREVER = 120_000;

function dotenvOf({ home }: CliScene): string {
	return join(home, "ct", "config", ".env");
}

function settingsOf(place: CliScene): Readonly<Record<string, string>> {
	return parseDotenv(readFileSync(dotenvOf(place), "utf8"));
}

/** Answers one question after the other, each when it is asked. */
async function converse(
	place: CliScene,
	answers: readonly (readonly [question: string, reply: string])[],
): Promise<{ code: number | undefined; text: string }> {
	const terminal = new Outside([process.execPath, cli, "init"], {
		env: { ...place.env, SHELL: "/bin/bash" },
		cols: 200,
	});
	let seen = 0;
	for (const [question, reply] of answers) {
		await terminal.until((text) => text.includes(question, seen), question, FOREVER);
		seen = terminal.text.indexOf(question, seen) + question.length;
		terminal.type(reply);
	}
	const { code } = await terminal.exited;
	return { code, text: terminal.text };
}

/** A project's REST API, as far as it is asked before anybody has signed in. */
async function project(key: string, code = "42501") {
	const server = createServer((request, response) => {
		const isKnown = request.headers.apikey === key && request.url === "/rest/v1/rpc/ctrace_schema";
		response.writeHead(401, { "content-type": "application/json" });
		response.end(JSON.stringify(isKnown ? { code } : { message: "Invalid API key" }));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.dispose]: () => void server.close(),
	};
}

test(
	"asks, tries what it is told, and writes a page that explains itself, for its person alone",
	async () => {
		using place = cliScene(cli);
		const key = `made-up-${Math.random().toString(36).slice(2)}`;
		using supabase = await project(key);
		const remote = bareRemote({ path: place.home, [Symbol.dispose]: () => {} });
		const { code, text } = await converse(place, [
			["are kept [", "\r"],
			["Privacy mode [strict]: ", "lax\r"],
			["Privacy mode [strict]: ", "moderate\r"],
			["Address of the project [none]: ", `${supabase.url}\r`],
			["anon) key: ", "wrong\r"],
			["Keep it all the same? [y/N] ", "\r"],
			["Address of the project [none]: ", `${supabase.url}\r`],
			["anon) key: ", `${key}\r`],
			["Repository [none]: ", `${join(place.home, "nowhere")}\r`],
			["Keep it all the same? [y/N] ", "n\r"],
			["Repository [none]: ", `${remote}\r`],
			["traced in bash? [y/N] ", "y\r"],
		]);
		expect({ code, text }).toMatchObject({ code: 0 });
		expect(text).toContain('CTRACE_PRIVACY_MODE must be minimal, moderate or strict, not "lax"');
		expect(text).toContain("the project does not take this key");
		expect(text).toContain("it answers, and has ctrace's tables. Next: ctrace login EMAIL");
		expect(text).toContain("it can be reached.");
		expect(text).not.toContain(key);
		expect(text).not.toContain("wrong\r");
		expect(settingsOf(place)).toEqual({
			PRIVACY_MODE: "moderate",
			SUPABASE_URL: supabase.url,
			SUPABASE_KEY: key,
			BACKUP_REMOTE: remote,
		});
		const page = readFileSync(dotenvOf(place), "utf8");
		expect(page).toContain("# How much the daemon's log tells.");
		expect(page).toContain("# LOG_LEVEL=info");
		expect(statSync(dotenvOf(place)).mode & 0o777).toBe(0o600);
		expect(readFileSync(join(place.home, ".bashrc"), "utf8")).toContain("ctrace");
	},
	FOREVER,
);

test(
	"run again, it keeps what is there and changes what is said anew",
	async () => {
		using place = cliScene(cli);
		const token = `made-up-${Math.random().toString(36).slice(2)}`;
		mkdirSync(join(place.home, "ct", "config"), { recursive: true });
		const old = `# mine\nPRIVACY_MODE=minimal # for now\nLOG_LEVEL=debug\nGITHUB_TOKEN=${token}\n`;
		writeFileSync(dotenvOf(place), old, { mode: 0o644 });
		chmodSync(dotenvOf(place), 0o644);
		const answers = [
			["are kept [", "\r"],
			["Privacy mode [minimal]: ", "\r"],
			["Address of the project [none]: ", "\r"],
			["Repository [none]: ", "\r"],
			["traced in bash? [y/N] ", "\r"],
		] as const;
		expect(await converse(place, answers)).toMatchObject({ code: 0 });
		expect(readFileSync(dotenvOf(place), "utf8")).toBe(old);
		expect(statSync(dotenvOf(place)).mode & 0o777).toBe(0o600);
		expect(existsSync(join(place.home, ".bashrc"))).toBe(false);
		const changed = await converse(
			place,
			answers.map(([ask, reply]) => [ask, ask.startsWith("Privacy") ? "strict\r" : reply]),
		);
		expect(changed).toMatchObject({ code: 0 });
		expect(readFileSync(dotenvOf(place), "utf8")).toBe(old.replace("=minimal", "=strict"));
		expect(changed.text).not.toContain(token);
	},
	FOREVER,
);

test(
	"another place for everything is named with the line that the shell needs",
	async () => {
		using place = cliScene(cli);
		const { code, text } = await converse(place, [
			["are kept [", "here\r"],
			["are kept [", `${place.home}/other place\r`],
			["Privacy mode [strict]: ", "\r"],
			["Address of the project [none]: ", "\r"],
			["Repository [none]: ", "\r"],
			["traced in bash? [y/N] ", "\r"],
		]);
		expect({ code, text }).toMatchObject({ code: 0 });
		expect(text).toContain("It must be an absolute path.");
		expect(text).toContain(`export CTRACE_HOME='${place.home}/other place'`);
		expect(existsSync(join(place.home, "other place", "config", ".env"))).toBe(true);
		expect(existsSync(dotenvOf(place))).toBe(false);
	},
	FOREVER,
);

test(
	"who leaves in the middle has changed nothing",
	async () => {
		using place = cliScene(cli);
		const { code, text } = await converse(place, [
			["are kept [", "\r"],
			["Privacy mode [strict]: ", "\u0003"],
		]);
		expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining("Nothing was written.") });
		expect(existsSync(dotenvOf(place))).toBe(false);
	},
	FOREVER,
);

test("--yes asks nothing; without a terminal and without it, it says so", () => {
	using place = cliScene(cli);
	expect(place.run("init")).toMatchObject({ code: 2, err: expect.stringContaining("ctrace init --yes") });
	expect(existsSync(dotenvOf(place))).toBe(false);
	expect(place.run("init", "--yes")).toMatchObject({
		code: 0,
		out: expect.stringContaining(dotenvOf(place)),
	});
	expect(settingsOf(place)).toEqual({});
	const page = readFileSync(dotenvOf(place), "utf8");
	expect(place.run("config", "set", "LOG_LEVEL", "debug").code).toBe(0);
	expect(place.run("init", "--yes").code).toBe(0);
	expect(readFileSync(dotenvOf(place), "utf8")).toBe(
		page.replace("# LOG_LEVEL=info", "# LOG_LEVEL=info\nLOG_LEVEL=debug"),
	);
});
