import { spawn } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScriptedApi, scriptedApi } from "../insights/scripted-api.ts";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const DAYS = ["--since", "2026-01-01", "--until", "2026-01-07"] as const;
const READING = { goal: "plant beds", outcome: "achieved", friction: [], satisfaction: "pleased" };
const FINDING = {
	title: "Say where the beds are",
	detail: "A session began with a search.",
	evidence: [{ session: "S1", turn: 1 }],
	suggestion: { kind: "claude-md", text: "The beds are in beds.txt." },
	effect: "fewer searches",
	confidence: "medium",
};

/** While the scripted API answers in this process. */
function runBeside(place: CliScene, env: NodeJS.ProcessEnv, ...words: string[]) {
	return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
		const child = spawn(process.execPath, [cli, ...words], {
			env: { ...place.env, ...env },
			cwd: place.home,
		});
		let [out, err] = ["", ""];
		child.stdout.setEncoding("utf8").on("data", (piece: string) => {
			out += piece;
		});
		child.stderr.setEncoding("utf8").on("data", (piece: string) => {
			err += piece;
		});
		child.on("close", (code) => resolve({ code, out, err }));
	});
}

function access(api: ScriptedApi): NodeJS.ProcessEnv {
	return { CTRACE_ANTHROPIC_API_KEY: "own-key", CTRACE_ANTHROPIC_BASE_URL: api.url };
}

function habit(place: CliScene, sessions = 4): void {
	for (let n = 0; n < sessions; n += 1)
		addSession(place.scene, { status: "complete" }, [
			makeTurn(1, {
				prompt: { text: "water the tomato beds before noon", kind: "prompt" },
				items: [
					{
						kind: "permission",
						question: "Do you want to proceed?",
						tool: "Bash",
						options: ["Yes", "Yes, and don’t ask again for: water *", "No"],
						choice: "Yes",
						source: "terminal",
					},
				],
			}),
		]);
}

describe("ctrace insights", () => {
	test("without a key tells what follows from figures, and says that no model was asked", () => {
		using place = cliScene(cli);
		habit(place);
		const { out, code } = place.run("insights", ...DAYS);
		expect(code).toBe(0);
		expect(out).toContain("You always allow Bash(water *)");
		expect(out).toContain("You keep asking: water the tomato beds before noon");
		expect(out).toContain("no model has read your sessions");
		const { findings } = JSON.parse(place.run("insights", ...DAYS, "--json").out) as {
			findings: { by: string }[];
		};
		expect(new Set(findings.map(({ by }) => by))).toEqual(new Set(["computed"]));
	});

	test("asks the model of the settings alone, whatever the directory's environment says", async () => {
		using place = cliScene(cli);
		habit(place, 1);
		await using api = await scriptedApi(({ parsed }) =>
			parsed.system.startsWith("You read") ? { says: READING } : { says: { findings: [FINDING] } },
		);
		await using strange = await scriptedApi(() => ({ status: 500 }));
		const surroundings = {
			ANTHROPIC_API_KEY: "strange-key",
			ANTHROPIC_AUTH_TOKEN: "strange-token",
			ANTHROPIC_BASE_URL: strange.url,
			ANTHROPIC_CUSTOM_HEADERS: "x-strange: 1",
			ANTHROPIC_LOG: "debug",
		};
		const { out, err, code } = await runBeside(
			place,
			{ ...surroundings, ...access(api) },
			"insights",
			...DAYS,
		);
		expect({ code, err }).toEqual({ code: 0, err: "" });
		expect(out).toContain("1. Say where the beds are");
		expect(out).toMatch(/claude-haiku-5-5 read 1 session for \$0\.\d{4}\./u);
		expect(strange.requests).toHaveLength(0);
		expect(api.requests).toHaveLength(2);
		for (const { headers } of api.requests) {
			expect(headers.authorization).toBe("Bearer own-key");
			expect(JSON.stringify(headers)).not.toContain("strange");
		}
		const report = place.run("report", ...DAYS);
		expect(report.out).toContain("### 1. Say where the beds are");
	});

	test("in a dry run prints what would be sent and sends nothing", async () => {
		using place = cliScene(cli);
		habit(place, 1);
		await using api = await scriptedApi(() => ({ status: 500 }));
		const { out, code } = await runBeside(place, access(api), "insights", ...DAYS, "--dry-run");
		expect(code).toBe(0);
		expect(api.requests).toHaveLength(0);
		expect(out).toContain('"prompt":"water the tomato beds before noon"');
		expect(out).toMatch(
			/At most about [\d,]+ tokens in and [\d,]+ out, \$\d+\.\d{4}; the budget is \$0\.50\. Nothing was sent\./u,
		);
	});

	test("refuses a model whose price nobody knows: no budget could be kept", async () => {
		using place = cliScene(cli);
		habit(place, 1);
		await using api = await scriptedApi(() => ({ status: 500 }));
		const { err, code } = await runBeside(
			place,
			access(api),
			"insights",
			...DAYS,
			"--model",
			"nobodys-model",
		);
		expect(code).toBe(1);
		expect(err).toContain("no price is known");
		expect(api.requests).toHaveLength(0);
		expect(place.run("insights", "--max-usd", "much").code).toBe(0);
		expect((await runBeside(place, access(api), "insights", "--max-usd", "much")).code).toBe(2);
	});
});

describe("ctrace report", () => {
	test("holds the numbers of ctrace stats", () => {
		using place = cliScene(cli);
		habit(place, 3);
		const stats = JSON.parse(place.run("stats", ...DAYS, "--json").out) as { totals: { turns: number } };
		expect(stats.totals.turns).toBe(3);
		expect(place.run("report", ...DAYS).out).toContain("| turns | 3 | 0 |");
		expect(place.run("report", ...DAYS, "--format", "html").out).toContain(
			"<td>turns</td><td>3</td><td>0</td>",
		);
	});

	test("is one page that loads and runs nothing, whatever a session says", () => {
		using place = cliScene(cli);
		const hostile = "<script>alert(1)</script> ![x](http://evil.example/x) garden beds today";
		for (const _ of [1, 2, 3, 4])
			addSession(place.scene, { status: "complete", cwd: `/w/${hostile}` }, [
				makeTurn(1, {
					prompt: { text: hostile, kind: "prompt" },
					items: [{ kind: "tool", name: hostile, status: "ok", source: "both" }],
				}),
			]);
		const html = place.run("report", ...DAYS, "--format", "html").out;
		expect(html).toContain("garden beds");
		expect(html).not.toContain("<script");
		expect(html).not.toMatch(/<(?:img|a|link|iframe)\b/u);
		expect(html).toContain("default-src 'none'");
		const markdown = place.run("report", ...DAYS).out;
		expect(markdown).toContain("garden beds");
		expect(markdown).not.toMatch(/(?<!\\)<script|!\[x\]\(/u);
	});

	test("is written for the person's eyes only", () => {
		using place = cliScene(cli);
		habit(place, 1);
		expect(place.run("report", ...DAYS, "-f", "html", "-o", "week.html")).toMatchObject({ code: 0, out: "" });
		const file = join(place.home, "week.html");
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readFileSync(file, "utf8")).toMatch(/^<!DOCTYPE html>[\s\S]*<svg role="img"/u);
		expect(place.run("report", "--format", "pdf").code).toBe(2);
	});
});
