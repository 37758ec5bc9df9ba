import {
	appendFileSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	truncateSync,
	unlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TurnChange } from "../../src/core/change.ts";
import type { Turn } from "../../src/core/turn.ts";
import { MergedSource } from "../../src/recorder/merged-source.ts";
import { NOTHING_SHOWN, type TurnSource } from "../../src/recorder/turn-source.ts";
import { answer, makeTurn } from "../support/stored-session.ts";
import { assistantLine, readingTools, say, userLine } from "../support/transcripts.ts";

const STARTED_AT = Date.UTC(2026, 2, 4, 10);
const ID = "11111111-1111-4111-8111-111111111111";
const OTHER = "22222222-2222-4222-8222-222222222222";

let config: string;
let shown: TurnChange[];
let told: Map<number, Turn>;
let sessions: string[];
let source: MergedSource;
let at: number;

beforeEach(() => {
	config = mkdtempSync(join(tmpdir(), "ctrace-live-config-"));
	shown = [];
	told = new Map();
	sessions = [];
	at = 0;
	source = begin();
});

afterEach(() => rmSync(config, { recursive: true, force: true }));

function begin(pid: number | undefined = 77): MergedSource {
	const terminal: TurnSource = {
		feed: () => take(),
		tick: () => take(),
		end: () => take(),
		newOnScreen: () => NOTHING_SHOWN,
		pause: () => [],
		resume: () => [],
	};
	const live = {
		configDir: config,
		pid,
		cwd: "/home/ada/garden",
		startedAt: STARTED_AT,
		parentOf: (child: number) => (child === 78 ? 77 : 1),
	};
	return new MergedSource(terminal, live, readingTools);
}

function take(): TurnChange[] {
	const now = shown;
	shown = [];
	return now;
}

function apply(changes: readonly TurnChange[]): void {
	for (const change of changes) {
		if (change.kind === "turn") told.set(change.turn.seq, change.turn);
		else if (change.kind === "withdrawn") told.delete(change.seq);
		else if (change.agentSessionIds !== undefined) sessions = [...change.agentSessionIds];
	}
}

function tick(): void {
	at += 300;
	apply(source.tick(at));
}

function end(): Turn[] {
	apply(source.end(at + 300, false));
	return [...told.values()].sort((a, b) => a.seq - b.seq);
}

function show(n: number, changes: Partial<Turn> = {}): void {
	shown.push({
		kind: "turn",
		turn: makeTurn(n, {
			prompt: { text: `question ${n}`, kind: "prompt" },
			startedAt: STARTED_AT + n * 60_000,
			items: [answer(`answer ${n}`)],
			...changes,
		}),
	});
}

function file(id = ID): string {
	const path = join(config, "projects", "-home-ada-garden", `${id}.jsonl`);
	mkdirSync(dirname(path), { recursive: true });
	return path;
}

function live(id = ID, pid = 77): void {
	mkdirSync(join(config, "sessions"), { recursive: true });
	const facts = { pid, sessionId: id, cwd: "/home/ada/garden" };
	writeFileSync(join(config, "sessions", `${pid}.json`), JSON.stringify(facts));
}

function write(n: number, id = ID): void {
	appendFileSync(file(id), lines(n));
}

function lines(n: number): string {
	const time = (second: number) => new Date(STARTED_AT + n * 60_000 + second * 1000).toISOString();
	return (
		userLine(`u${n}`, `question ${n}`, { timestamp: time(0) }) +
		assistantLine({
			uuid: `a${n}`,
			parent: `u${n}`,
			id: `m${n}`,
			at: time(3),
			content: [say(`answer **${n}**`)],
		})
	);
}

const texts = (turns: readonly Turn[]) =>
	turns.map(({ seq, prompt, items, source: from }) => [
		seq,
		prompt.text,
		...items.map((item) => ("text" in item ? item.text : item.kind)),
		from,
	]);

const both = (n: number) => [n, `question ${n}`, `answer **${n}**`, "both"];
const alone = (n: number) => [n, `question ${n}`, `answer ${n}`, "terminal"];

describe("a session with its transcript", () => {
	it("has the original Markdown and the usage while it runs, under the terminal's numbers", () => {
		live();
		show(1);
		write(1);
		tick();
		expect(texts([...told.values()])).toEqual([both(1)]);
		expect(told.get(1)).toMatchObject({ fidelity: 1, usage: { inputTokens: 10 } });
		expect(sessions).toEqual([ID]);
		show(2);
		tick();
		expect(texts([...told.values()])).toEqual([both(1), alone(2)]);
		write(2);
		expect(texts(end())).toEqual([both(1), both(2)]);
	});

	it("keeps what only the terminal saw: permissions, notices, how the turn ended", () => {
		live();
		const permission = {
			kind: "permission",
			question: "Do you want to dig?",
			options: ["Yes", "No"],
			choice: "Yes",
			source: "terminal",
		} as const;
		show(1, { items: [permission, answer("answer 1")], durations: { waitingForPermissionMs: 40 } });
		write(1);
		const [turn] = end();
		expect(turn?.items.map(({ kind }) => kind)).toEqual(["permission", "assistant"]);
		expect(turn?.durations).toEqual({ waitingForPermissionMs: 40 });
	});

	it("follows a new session id of the same process, and names both", () => {
		live();
		show(1);
		write(1);
		tick();
		live(OTHER);
		show(2);
		write(2, OTHER);
		tick();
		expect(sessions).toEqual([ID, OTHER]);
		expect(texts(end())).toEqual([both(1), both(2)]);
	});

	it("is found through a launcher between the wrapped command and the program", () => {
		live(ID, 78);
		show(1);
		write(1);
		expect(texts(end())).toEqual([both(1)]);
	});

	it("is found by directory and prompt where no process file tells; another conversation there is not taken", () => {
		source = begin(undefined);
		show(1);
		write(1);
		appendFileSync(file(OTHER), lines(5).replaceAll("question 5", "somebody else's question"));
		expect(texts(end())).toEqual([both(1)]);
		expect(sessions).toEqual([ID]);
	});

	it("leaves out what was said before it began", () => {
		live();
		appendFileSync(file(), lines(-60));
		show(1);
		write(1);
		expect(texts(end())).toEqual([both(1)]);
	});

	it("gains a turn that the terminal missed, in its place", () => {
		live();
		show(1);
		show(3);
		shown = shown.map((change) =>
			change.kind === "turn" && change.turn.seq === 3
				? { ...change, turn: { ...change.turn, seq: 2 } }
				: change,
		);
		for (const n of [1, 2, 3]) write(n);
		const turns = end();
		expect(turns.map(({ seq, prompt, source: from }) => [seq, prompt.text, from])).toEqual([
			[1, "question 1", "both"],
			[2, "question 2", "transcript"],
			[3, "question 3", "both"],
		]);
	});
});

describe("the terminal's turns stay as they are", () => {
	const events: readonly (readonly [what: string, happen: () => void])[] = [
		["deleted", () => unlinkSync(file())],
		["emptied", () => truncateSync(file(), 0)],
		["cut in the middle of a line", () => truncateSync(file(), 300)],
		["overwritten with noise", () => writeFileSync(file(), Buffer.alloc(5000, 0xfe))],
		[
			"replaced by another file",
			() => {
				writeFileSync(`${file()}.new`, '{"type":"user"}\n');
				renameSync(`${file()}.new`, file());
			},
		],
		[
			"replaced by a directory",
			() => {
				unlinkSync(file());
				mkdirSync(file());
			},
		],
		["taken away with its whole directory", () => rmSync(config, { recursive: true })],
	];

	const moments = events.flatMap(([what, happen]) =>
		[1, 2, 3].map((moment) => [what, moment, happen] as const),
	);

	it.each(moments)("when the transcript is %s behind turn %i", (_, moment, happen) => {
		live();
		for (let n = 1; n <= 3; n += 1) {
			show(n);
			if (n <= moment) write(n);
			tick();
			if (n === moment) happen();
		}
		const said = end().map(({ seq, prompt, items }) => [
			seq,
			prompt.text,
			items.map((item) => ("text" in item ? item.text.replaceAll("*", "") : item.kind)),
		]);
		expect(said).toEqual([1, 2, 3].map((n) => [n, `question ${n}`, [`answer ${n}`]]));
	});

	it("when a line of it is broken", () => {
		live();
		show(1, { items: [answer("Beans climb up the pole."), answer("Peas need a net.")] });
		appendFileSync(file(), lines(1).replace("answer **1**", "Peas need a *net*."));
		expect(texts(end())).toEqual([
			[1, "question 1", "Beans climb up the pole.", "Peas need a *net*.", "both"],
		]);
	});

	it("when the transcript comes late, or never", () => {
		live();
		for (const n of [1, 2, 3]) {
			show(n);
			tick();
		}
		expect(texts([...told.values()])).toEqual([alone(1), alone(2), alone(3)]);
		for (const n of [1, 2]) write(n);
		expect(texts(end())).toEqual([both(1), both(2), alone(3)]);
	});

	it("when the answer is on the screen before it is written down", () => {
		live();
		show(1, { status: "running", items: [answer("First this."), answer("And now that.")] });
		appendFileSync(file(), lines(1).replace("answer **1**", "First *this*."));
		tick();
		expect(texts([...told.values()])).toEqual([[1, "question 1", "First *this*.", "And now that.", "both"]]);
	});
});
