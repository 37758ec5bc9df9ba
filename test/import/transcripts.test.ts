import { randomBytes } from "node:crypto";
import {
	appendFileSync,
	chmodSync,
	cpSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readingTools, TRANSCRIPTS, userLine } from "../support/transcripts.ts";
import { conversation, FIRST, Past, SECOND } from "./past-scene.ts";

let past: Past;

beforeEach(() => {
	past = new Past();
});

afterEach(() => past[Symbol.dispose]());

describe("importing Claude Code's past sessions", () => {
	it("makes a session of each, with Markdown, tools, subagents, usage and cost", async () => {
		cpSync(join(TRANSCRIPTS, "2.1.330", "subagent"), past.claude, { recursive: true });
		const result = await past.import();
		expect(result).toMatchObject({ failures: [], outcomes: [{ kind: "imported", turns: 2 }] });
		const [{ session, turns } = { session: undefined, turns: [] }] = past.everything();
		expect(session).toMatchObject({
			agent: "claude-code",
			agentVersion: "2.1.330",
			agentSessionIds: [expect.stringMatching(/^[\da-f-]{36}$/u)],
			cwd: "~/kitchengarden/garden",
			status: "complete",
			terminal: { renderer: "none" },
		});
		expect(turns.map((turn) => turn.prompt.text)).toEqual([
			"Let a helper count the lines of beds.txt",
			"Three?",
		]);
		const call = turns[0]?.items.find((item) => item.kind === "tool");
		expect(call).toMatchObject({
			name: "Agent",
			input: { subagent_type: "general-purpose" },
			items: [
				{ name: "Bash", output: "3 beds.txt" },
				{ text: "The helper counted three lines in the list." },
			],
		});
		expect(turns[0]).toMatchObject({ source: "transcript", usage: { models: ["claude-opus-5-5"] } });
		expect(session?.usage?.costUsd).toBeGreaterThan(0);
	});

	it("changes nothing when it is done again", async () => {
		for (const name of ["subagent", "clear", "resumed"])
			cpSync(join(TRANSCRIPTS, "2.1.197", name), past.claude, { recursive: true });
		await past.import();
		const before = past.everything();
		const again = await past.import();
		expect(again.outcomes.every(({ kind }) => kind === "unchanged")).toBe(true);
		expect(past.everything()).toEqual(before);
	});

	it("adds what a file has gained since, without doubling the turn that had begun", async () => {
		const whole = conversation(4);
		const cut = whole.indexOf('"uuid":"a3"');
		const file = past.transcript(FIRST, whole.slice(0, whole.lastIndexOf("\n", cut) + 1));
		await past.import();
		expect(past.everything()[0]?.turns).toHaveLength(3);
		expect(past.everything()[0]?.turns[2]?.items).toEqual([]);
		writeFileSync(file, whole);
		await past.import();
		const [{ session, turns } = { session: undefined, turns: [] }] = past.everything();
		expect(turns.map(({ seq, prompt }) => [seq, prompt.text])).toEqual(
			[1, 2, 3, 4].map((n) => [n, `question ${n}`]),
		);
		expect(turns[2]?.items).toMatchObject([{ text: "answer **3**" }]);
		expect(session?.usage).toMatchObject({ inputTokens: 40, outputTokens: 80 });
	});

	it("reads a file again that was written anew", async () => {
		const file = past.transcript(FIRST, conversation(3));
		await past.import();
		truncateSync(file, 0);
		appendFileSync(file, conversation(2));
		await past.import();
		expect(past.everything()[0]?.turns.map(({ prompt }) => prompt.text)).toEqual([
			"question 1",
			"question 2",
			"question 3",
		]);
	});

	it("stores a turn once that stands in the files of two sessions, and counts its tokens once", async () => {
		past.transcript(FIRST, conversation(2));
		past.transcript(SECOND, conversation(3));
		await past.import();
		const sessions = past.everything();
		expect(sessions.map(({ turns }) => turns.map(({ prompt }) => prompt.text))).toEqual([
			["question 1", "question 2"],
			["question 3"],
		]);
		const rows = past.withStore((store) =>
			store.readUsage({ by: "month", noModels: readingTools.marks.noModels }),
		);
		expect(rows).toMatchObject([{ inputTokens: 30, outputTokens: 60, responses: 3 }]);
	});

	it("goes on where it was broken off, wherever that was", async () => {
		for (let n = 0; n < 4; n += 1)
			past.transcript(`${n}${FIRST.slice(1)}`, conversation(5, 1, { prefix: `p${n}`, hour: 10 + n }));
		await past.import();
		const whole = past.content();
		expect(whole).toHaveLength(4);
		for (const stop of [1, 2, 4, 7]) {
			for (const name of ["ctrace.db", "ctrace.db-wal", "ctrace.db-shm"])
				rmSync(join(past.root, name), { force: true });
			let asked = 0;
			expect((await past.import([past.claude], () => ++asked >= stop)).isCancelled).toBe(true);
			for (const { turns, session } of past.everything()) {
				expect(session.status).toBe("complete");
				expect(turns.length).toBeGreaterThan(0);
			}
			await past.import();
			expect(past.content()).toEqual(whole);
		}
	});

	it("masks what is in them before anything is written", async () => {
		const secret = ["ghp", randomBytes(27).toString("base64url").replace(/[-_]/gu, "x")].join("_");
		past.transcript(
			FIRST,
			conversation(1) + userLine("u2", `use ${secret}`, { timestamp: "2026-03-04T10:09:00Z" }),
		);
		await past.import();
		for (const name of ["ctrace.db", "ctrace.db-wal"]) {
			try {
				expect(readFileSync(join(past.root, name)).includes(secret)).toBe(false);
			} catch (error) {
				if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
			}
		}
		const [first] = past.everything();
		expect(first?.turns[1]?.prompt.text).toMatch(/^use \[\[/u);
		expect(Object.values(first?.session.maskedCount ?? {})).toEqual([1]);
	});

	it("costs one line for a bad line, and says so", async () => {
		past.transcript(FIRST, `${conversation(1)}{"type": broken\n${conversation(1, 2)}`);
		const result = await past.import();
		expect(result.outcomes).toMatchObject([{ turns: 2, badLines: 1 }]);
		expect(past.everything()[0]?.session.gaps).toMatchObject([
			{ reason: "1 line of the transcript could not be read" },
		]);
	});
});

describe("what cannot be imported", () => {
	it("is a directory without any session, with a message", async () => {
		mkdirSync(join(past.claude, "projects"), { recursive: true });
		const result = await past.import();
		expect(result.failures).toMatchObject([{ reason: "there is no session in it" }]);
	});

	it("is a file that is no transcript, and one that is not there", async () => {
		const file = join(past.root, "notes.jsonl");
		writeFileSync(file, '{"a": 1}\n{"b": 2}\n');
		const result = await past.import([file, join(past.root, "none.jsonl")]);
		expect(result.outcomes).toEqual([]);
		expect(result.failures.map(({ reason }) => reason).sort()).toEqual([
			"it is neither an asciicast nor a typescript, nor a transcript of Claude Code",
			"there is no such file",
		]);
	});

	it("is a link that leads in a circle, which costs nothing else", async () => {
		past.transcript(FIRST, conversation(1));
		symlinkSync("..", join(past.claude, "projects", "-home-ada-garden", "up"));
		symlinkSync("loop.jsonl", join(past.claude, "projects", "-home-ada-garden", "loop.jsonl"));
		const result = await past.import();
		expect(result.outcomes).toMatchObject([{ kind: "imported", turns: 1 }]);
	});

	it.skipIf(process.getuid?.() === 0)(
		"is a file that may not be read, which costs itself alone",
		async () => {
			past.transcript(FIRST, conversation(1));
			chmodSync(past.transcript(SECOND, conversation(1, 2)), 0o000);
			const result = await past.import();
			expect(result.failures).toMatchObject([{ reason: "it may not be read" }]);
			expect(past.everything()).toHaveLength(1);
		},
	);
});
