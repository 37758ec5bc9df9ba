import { randomBytes } from "node:crypto";
import {
	appendFileSync,
	chmodSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createIdMaker } from "../../src/core/ids.ts";
import type { Session } from "../../src/core/session.ts";
import type { Turn } from "../../src/core/turn.ts";
import { type ImportResult, importRecordings } from "../../src/import/import-recordings.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { markMasked } from "../support/mark-masked.ts";
import { answer, makeSession, makeTurn } from "../support/stored-session.ts";
import { assistantLine, PATTERNS, readingTools, say, TRANSCRIPTS, userLine } from "../support/transcripts.ts";

let root: string;
let claude: string;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "ctrace-past-"));
	claude = join(root, "claude");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const clock = { now: () => Date.UTC(2026, 10, 26) };
const ids = createIdMaker(clock, (count) => randomBytes(count));

async function importPaths(
	paths: readonly string[],
	isCancelled: () => boolean = () => false,
): Promise<ImportResult> {
	return await importRecordings(
		{
			paths: {
				privacy: join(root, "privacy.yml"),
				state: join(root, "state"),
				database: join(root, "ctrace.db"),
			},
			patterns: PATTERNS,
			env: {},
			clock,
			randomBytes: (count) => randomBytes(count),
			privacyMode: undefined,
			projectDir: root,
			home: "/home/ada",
			recorder: { pid: process.pid },
		},
		{ paths, onProgress: () => undefined, onOutcome: () => undefined, isCancelled },
	);
}

function withStore<T>(use: (store: Store) => T): T {
	using store = openStore({ path: join(root, "ctrace.db"), clock, ids });
	return use(store);
}

function everything() {
	return withStore((store) =>
		store
			.listSessions()
			.map(({ session }) => store.readSession(session.id))
			.reverse(),
	);
}

/** Turns without what differs from one import to the next. */
function content() {
	return everything().map(({ session: { id: _id, ...session }, turns }) => ({
		session,
		turns: turns.map(({ id: _turn, updatedAt: _updated, revision: _revision, ...turn }) => turn),
	}));
}

function transcript(name: string, text: string, project = "-home-ada-garden"): string {
	const file = join(claude, "projects", project, `${name}.jsonl`);
	mkdirSync(join(file, ".."), { recursive: true });
	writeFileSync(file, text);
	return file;
}

const FIRST = "11111111-1111-4111-8111-111111111111";
const SECOND = "22222222-2222-4222-8222-222222222222";

/** Turns `from` to the last, one a minute; another `prefix` makes another conversation, another `hour` a later one. */
function conversation(count: number, from = 1, { prefix = "", hour = 10 } = {}): string {
	const at = (n: number, second: number) => new Date(Date.UTC(2026, 2, 4, hour, n, second)).toISOString();
	return Array.from({ length: count }, (_, index) => {
		const n = from + index;
		const before = n === 1 ? null : `${prefix}a${n - 1}`;
		return (
			userLine(`${prefix}u${n}`, `question ${n}`, { timestamp: at(n, 0), parentUuid: before }) +
			assistantLine({
				uuid: `${prefix}a${n}`,
				parent: `${prefix}u${n}`,
				id: `${prefix}m${n}`,
				request: `r${n}`,
				at: at(n, 5),
				content: [say(`answer **${n}**`)],
			})
		);
	}).join("");
}

describe("importing Claude Code's past sessions", () => {
	it("makes a session of each, with Markdown, tools, subagents, usage and cost", async () => {
		cpSync(join(TRANSCRIPTS, "2.1.330", "subagent"), claude, { recursive: true });
		const result = await importPaths([claude]);
		expect(result).toMatchObject({ failures: [], outcomes: [{ kind: "imported", turns: 2 }] });
		const [{ session, turns } = { session: undefined, turns: [] }] = everything();
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
			cpSync(join(TRANSCRIPTS, "2.1.197", name), claude, { recursive: true });
		await importPaths([claude]);
		const before = everything();
		const again = await importPaths([claude]);
		expect(again.outcomes.every(({ kind }) => kind === "unchanged")).toBe(true);
		expect(everything()).toEqual(before);
	});

	it("adds what a file has gained since, without doubling the turn that had begun", async () => {
		const whole = conversation(4);
		const cut = whole.indexOf('"uuid":"a3"');
		const file = transcript(FIRST, whole.slice(0, whole.lastIndexOf("\n", cut) + 1));
		await importPaths([claude]);
		expect(everything()[0]?.turns).toHaveLength(3);
		expect(everything()[0]?.turns[2]?.items).toEqual([]);
		writeFileSync(file, whole);
		await importPaths([claude]);
		const [{ session, turns } = { session: undefined, turns: [] }] = everything();
		expect(turns.map(({ seq, prompt }) => [seq, prompt.text])).toEqual(
			[1, 2, 3, 4].map((n) => [n, `question ${n}`]),
		);
		expect(turns[2]?.items).toMatchObject([{ text: "answer **3**" }]);
		expect(session?.usage).toMatchObject({ inputTokens: 40, outputTokens: 80 });
	});

	it("reads a file again that was written anew", async () => {
		const file = transcript(FIRST, conversation(3));
		await importPaths([claude]);
		truncateSync(file, 0);
		appendFileSync(file, conversation(2));
		await importPaths([claude]);
		expect(everything()[0]?.turns.map(({ prompt }) => prompt.text)).toEqual([
			"question 1",
			"question 2",
			"question 3",
		]);
	});

	it("stores a turn once that stands in the files of two sessions, and counts its tokens once", async () => {
		transcript(FIRST, conversation(2));
		transcript(SECOND, conversation(3));
		await importPaths([claude]);
		const sessions = everything();
		expect(sessions.map(({ turns }) => turns.map(({ prompt }) => prompt.text))).toEqual([
			["question 1", "question 2"],
			["question 3"],
		]);
		const rows = withStore((store) =>
			store.readUsage({ by: "month", noModels: readingTools.marks.noModels }),
		);
		expect(rows).toMatchObject([{ inputTokens: 30, outputTokens: 60, responses: 3 }]);
	});

	it("goes on where it was broken off, wherever that was", async () => {
		for (let n = 0; n < 4; n += 1)
			transcript(`${n}${FIRST.slice(1)}`, conversation(5, 1, { prefix: `p${n}`, hour: 10 + n }));
		await importPaths([claude]);
		const whole = content();
		expect(whole).toHaveLength(4);
		for (const stop of [1, 2, 4, 7]) {
			for (const name of ["ctrace.db", "ctrace.db-wal", "ctrace.db-shm"])
				rmSync(join(root, name), { force: true });
			let asked = 0;
			expect((await importPaths([claude], () => ++asked >= stop)).isCancelled).toBe(true);
			for (const { turns, session } of everything()) {
				expect(session.status).toBe("complete");
				expect(turns.length).toBeGreaterThan(0);
			}
			await importPaths([claude]);
			expect(content()).toEqual(whole);
		}
	});

	it("masks what is in them before anything is written", async () => {
		const secret = ["ghp", randomBytes(27).toString("base64url").replace(/[-_]/gu, "x")].join("_");
		transcript(
			FIRST,
			conversation(1) + userLine("u2", `use ${secret}`, { timestamp: "2026-03-04T10:09:00Z" }),
		);
		await importPaths([claude]);
		for (const name of ["ctrace.db", "ctrace.db-wal"]) {
			try {
				expect(readFileSync(join(root, name)).includes(secret)).toBe(false);
			} catch (error) {
				if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
			}
		}
		const [first] = everything();
		expect(first?.turns[1]?.prompt.text).toMatch(/^use \[\[/u);
		expect(Object.values(first?.session.maskedCount ?? {})).toEqual([1]);
	});

	it("costs one line for a bad line, and says so", async () => {
		transcript(FIRST, `${conversation(1)}{"type": broken\n${conversation(1, 2)}`);
		const result = await importPaths([claude]);
		expect(result.outcomes).toMatchObject([{ turns: 2, badLines: 1 }]);
		expect(everything()[0]?.session.gaps).toMatchObject([
			{ reason: "1 line of the transcript could not be read" },
		]);
	});
});

describe("what cannot be imported", () => {
	it("is a directory without any session, with a message", async () => {
		mkdirSync(join(claude, "projects"), { recursive: true });
		const result = await importPaths([claude]);
		expect(result.failures).toMatchObject([{ reason: "there is no session in it" }]);
	});

	it("is a file that is no transcript, and one that is not there", async () => {
		const file = join(root, "notes.jsonl");
		writeFileSync(file, '{"a": 1}\n{"b": 2}\n');
		const result = await importPaths([file, join(root, "none.jsonl")]);
		expect(result.outcomes).toEqual([]);
		expect(result.failures.map(({ reason }) => reason).sort()).toEqual([
			"it is neither an asciicast nor a typescript, nor a transcript of Claude Code",
			"there is no such file",
		]);
	});

	it("is a link that leads in a circle, which costs nothing else", async () => {
		transcript(FIRST, conversation(1));
		symlinkSync("..", join(claude, "projects", "-home-ada-garden", "up"));
		symlinkSync("loop.jsonl", join(claude, "projects", "-home-ada-garden", "loop.jsonl"));
		const result = await importPaths([claude]);
		expect(result.outcomes).toMatchObject([{ kind: "imported", turns: 1 }]);
	});

	it.skipIf(process.getuid?.() === 0)(
		"is a file that may not be read, which costs itself alone",
		async () => {
			transcript(FIRST, conversation(1));
			chmodSync(transcript(SECOND, conversation(1, 2)), 0o000);
			const result = await importPaths([claude]);
			expect(result.failures).toMatchObject([{ reason: "it may not be read" }]);
			expect(everything()).toHaveLength(1);
		},
	);
});

describe("a session that was recorded by wrapping", () => {
	const startedAt = Date.UTC(2026, 2, 4, 10, 0, 30);

	function recordWrapped(changes: Partial<Session> = {}, turns: readonly Turn[] = []): string {
		return withStore((store) => {
			const id = ids();
			const session = makeSession(id, {
				cwd: "~/garden",
				startedAt,
				endedAt: startedAt + 10 * 60_000,
				status: "complete",
				...changes,
			});
			store.beginSession(markMasked(session), { pid: 1, wrapperPid: 2 });
			for (const turn of turns) store.saveTurn(id, markMasked(turn));
			return id;
		});
	}

	const seen = (seq: number, text: string): Turn =>
		makeTurn(seq, {
			prompt: { text: `question ${seq}`, kind: "prompt" },
			startedAt: Date.UTC(2026, 2, 4, 10, seq),
			items: [
				answer(text),
				{
					kind: "permission",
					question: "Do you want to dig?",
					options: ["Yes", "No"],
					choice: "Yes",
					source: "terminal",
				},
			],
		});

	it("is merged with its transcript, not doubled", async () => {
		const id = recordWrapped({}, [seen(1, "answer 1"), seen(2, "answer 2")]);
		transcript(FIRST, conversation(2));
		await importPaths([claude]);
		const sessions = everything();
		expect(sessions.map(({ session }) => [session.id, session.agentSessionIds])).toEqual([[id, [FIRST]]]);
		expect(
			sessions[0]?.turns.map(({ source, fidelity, items }) => ({ source, fidelity, items })),
		).toMatchObject(
			[1, 2].map((n) => ({
				source: "both",
				fidelity: 1,
				items: [
					{ text: `answer **${n}**`, source: "both" },
					{ kind: "permission", choice: "Yes", source: "terminal" },
				],
			})),
		);
		expect(sessions[0]?.session.usage).toMatchObject({ inputTokens: 20 });
		await importPaths([claude]);
		expect(everything()).toEqual(sessions);
	});

	it("gains the turns that the terminal missed; what was said before and after is a session of its own", async () => {
		const id = recordWrapped(
			{ startedAt: Date.UTC(2026, 2, 4, 10, 2), endedAt: Date.UTC(2026, 2, 4, 10, 3, 30) },
			[{ ...seen(2, "answer 2"), seq: 1 }],
		);
		transcript(FIRST, conversation(4));
		await importPaths([claude]);
		const told = everything().map(({ session, turns }) => ({
			isWrapped: session.id === id,
			prompts: turns.map(({ prompt }) => prompt.text),
		}));
		expect(told).toEqual([
			{ isWrapped: false, prompts: ["question 1", "question 4"] },
			{ isWrapped: true, prompts: ["question 2", "question 3"] },
		]);
	});

	it("is left alone by a conversation of another place or time", async () => {
		recordWrapped({ cwd: "~/orchard" }, [seen(1, "answer 1")]);
		recordWrapped({ startedAt: 0, endedAt: 1000 }, [seen(1, "answer 1")]);
		transcript(FIRST, conversation(1));
		await importPaths([claude]);
		expect(everything().map(({ turns }) => turns[0]?.source)).toEqual(
			["terminal", "transcript", "terminal"].sort(),
		);
	});
});
