import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Turn } from "../../src/core/turn.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { assistantLine, say, TRANSCRIPTS, userLine } from "../support/transcripts.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const ID = "11111111-1111-4111-8111-111111111111";

function transcript(place: CliScene, text: string, id = ID): string {
	const folder = join(place.home, ".claude", "projects", "-home-ada-garden");
	mkdirSync(folder, { recursive: true });
	const file = join(folder, `${id}.jsonl`);
	writeFileSync(file, text);
	return file;
}

function exchange(n: number, model: string, day: string): string {
	return (
		userLine(`u${n}`, `question ${n}`, { timestamp: `${day}T10:00:00.000Z` }) +
		assistantLine({
			uuid: `a${n}`,
			parent: `u${n}`,
			id: `m${n}`,
			at: `${day}T10:00:05.000Z`,
			model,
			content: [say("Yes.")],
			usage: { input_tokens: 1_000_000, output_tokens: 500_000, cache_read_input_tokens: 2000 },
		})
	);
}

describe("ctrace import of Claude Code's directory", () => {
	test("tells of each session, and the second time only how many there were", () => {
		using place = cliScene(cli);
		cpSync(join(TRANSCRIPTS, "2.1.330", "subagent"), join(place.home, ".claude"), { recursive: true });
		const first = place.run("import", ".claude");
		expect(first.err).toBe("");
		expect(first.out).toMatch(/^\S+ {2}2 turns {2}\S+\.jsonl\n1 imported\n$/u);
		expect(first.code).toBe(0);
		expect(place.run("import", ".claude")).toMatchObject({ code: 0, out: "0 imported, 1 imported before\n" });
	});

	test("shows what a subagent did below the call that started it, in every form", () => {
		using place = cliScene(cli);
		cpSync(join(TRANSCRIPTS, "2.1.330", "subagent"), join(place.home, ".claude"), { recursive: true });
		place.run("import", ".claude");
		expect(place.run("sessions", "show").out).toMatch(/◆ Agent.*\n {2}┆ ◆ Bash\(wc -l beds\.txt\)/u);
		expect(place.run("export", "last", "--format", "markdown").out).toContain("> **Tool: Bash** (ok)");
		expect(place.run("export", "last", "--format", "html").out).toMatch(/<div class="inner"><details>/u);
		const [hit] = JSON.parse(place.run("search", "beds.txt", "--json").out) as { turnSeq?: number }[];
		expect(hit).toBeDefined();
	});

	test("fails with a message where there is none", () => {
		using place = cliScene(cli);
		mkdirSync(join(place.home, "empty", "projects"), { recursive: true });
		const { code, err } = place.run("import", "empty");
		expect(code).toBe(1);
		expect(err).toContain("there is no session in it");
	});
});

describe("ctrace usage", () => {
	test("adds up by day, model and session, and says whose price is not known", () => {
		using place = cliScene(cli);
		const known = exchange(1, "claude-opus-4-6", "2026-03-04") + exchange(2, "claude-opus-4-6", "2026-03-05");
		transcript(place, known + exchange(3, "claude-unheard-of", "2026-03-05"));
		place.run("import", ".claude");
		expect(place.run("usage").out).toBe(
			[
				"DATE            INPUT     OUTPUT  CACHE WRITE  CACHE READ      TOTAL  COST (USD)",
				"2026-03-04  1,000,000    500,000            0       2,000  1,502,000      $17.50",
				"2026-03-05  2,000,000  1,000,000            0       4,000  3,004,000    ≥ $17.50",
				"Total       3,000,000  1,500,000            0       6,000  4,506,000    ≥ $35.00",
				"No price is known for claude-unheard-of: counted, and not in the cost.",
				"",
			].join("\n"),
		);
		const report = JSON.parse(place.run("usage", "--by", "model", "--json", "--since", "2026-03-05").out);
		expect(report.rows).toMatchObject([
			{ model: "claude-opus-4-6", inputTokens: 1_000_000, totalTokens: 1_502_000 },
			{ model: "claude-unheard-of", costUsd: 0, unpricedModels: ["claude-unheard-of"] },
		]);
		expect(report.total).toMatchObject({ responses: 2, totalTokens: 3_004_000 });
		expect(place.run("usage", "--by", "week").out).toContain("2026-03-02");
		expect(place.run("usage", "--by", "project").out).toMatch(/\/home\/\[\[home-user:\w+\]\]\/garden/u);
		expect(place.run("usage", "--by", "session", "--json").code).toBe(0);
		expect(place.run("usage", "--by", "moon")).toMatchObject({ code: 2 });
	});

	test("says where usage comes from when none is known", () => {
		using place = cliScene(cli);
		expect(place.run("usage").err).toContain("ctrace import ~/.claude");
	});
});

describe("ctrace doctor", () => {
	test("says how many of Claude Code's sessions are about to go, and are not in", () => {
		using place = cliScene(cli);
		const other = ID.replaceAll("1", "2");
		for (const id of [ID, other]) {
			const file = transcript(place, exchange(1, "claude-opus-4-6", "2026-03-04"), id);
			const days = (Date.now() - 26 * 86_400_000) / 1000;
			utimesSync(file, days, days);
		}
		const report = () => JSON.parse(place.run("doctor", "--json").out).transcripts;
		expect(report()).toMatchObject({ sessions: 2, unknown: 2, expiring: 2, keptDays: 30 });
		expect(place.run("doctor").out).toContain(
			"2 of them are deleted within a week (kept 30 days): ctrace import ~/.claude",
		);
		place.run("import", ".claude");
		expect(report()).toMatchObject({ expiring: 0 });
		writeFileSync(join(place.home, ".claude", "settings.json"), '{ "cleanupPeriodDays": 99 }');
		expect(report()).toMatchObject({ keptDays: 99 });
	});

	test("tells the mean fidelity of each version", () => {
		using place = cliScene(cli);
		const turn = (seq: number, fidelity: number): Turn => makeTurn(seq, { fidelity, source: "both" });
		addSession(place.scene, { agentVersion: "2.1.330" }, [turn(1, 1), turn(2, 0.9), makeTurn(3)]);
		const { recognition } = JSON.parse(place.run("doctor", "--json").out);
		expect(recognition).toMatchObject([
			{ agentVersion: "2.1.330", compared: 2, fidelity: expect.closeTo(0.95) },
		]);
		expect(place.run("doctor").out).toContain("95.0 % as in the transcripts of 2 turns");
	});
});

describe("ctrace resume", () => {
	test("says so when Claude Code has lost the session, and writes it as a file for a new one", () => {
		using place = cliScene(cli);
		const turns = [makeTurn(1, { items: [answer("Two spades deep.")] })];
		const id = addSession(place.scene, { agentSessionIds: [ID], cwd: "~/garden" }, turns);
		const lost = place.run("resume");
		expect(lost.code).toBe(1);
		expect(lost.err).toContain(`Claude Code no longer has session ${id.slice(0, 13)}.`);
		expect(lost.err).toContain(`ctrace resume ${id.slice(0, 13)} --context FILE`);
		expect(place.run("resume", "last", "--context", "notes.md").out).toContain('claude "Read ');
		expect(readFileSync(join(place.home, "notes.md"), "utf8")).toContain("Two spades deep.");
		expect(place.run("resume", "last", "--context", "notes.md")).toMatchObject({ code: 2 });
	});

	test("is not for other programs, and says when the directory is gone", () => {
		using place = cliScene(cli);
		const id = addSession(place.scene, { agentSessionIds: [ID], cwd: "~/garden" });
		transcript(place, exchange(1, "claude-opus-4-6", "2026-03-04"));
		expect(place.run("resume", id).err).toContain("the session's directory is gone: ~/garden");
		const other = addSession(place.scene, { agent: "generic" });
		expect(place.run("resume", other).err).toContain("is no session of Claude Code");
		expect(existsSync(join(place.home, "garden"))).toBe(false);
	});
});
