/** `npm run bench:store`: list, search and save on a store of 10,000 sessions of 20 turns. Prints milliseconds. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdMaker } from "../../src/core/ids.ts";
import { openStore } from "../../src/store/open-store.ts";
import { markMasked } from "../support/mark-masked.ts";
import { answer, makeSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";

const SESSIONS = Number(process.argv[2] ?? 10_000);
const TURNS = 20;
const VOCABULARY = 30_000;
const RUNS = 25;

const directory = mkdtempSync(join(tmpdir(), "ctrace-bench-"));
const path = join(directory, "ctrace.db");
const clock = { now: () => Date.now() };
const store = openStore({ path, clock, ids: createIdMaker(clock, (count) => randomBytes(count)) });
const ids = createIdMaker(clock, (count) => randomBytes(count));
let seed = 1;

fill();
measure("list the newest 50", () => store.listSessions({ limit: 50 }));
measure("list one directory", () => store.listSessions({ cwd: "/w/p7", limit: 50 }));
measure("list all", () => store.listSessions());
measure("search a rare word", () => store.search(["word29000"]));
measure("search a usual word", () => store.search(["word300"]));
measure("search two words", () => store.search(["word300", "word77"]));
measure("search a prefix", () => store.search(["word12"]));
measure("search the commonest word", () => store.search(["word0"]));
measure("search in one directory", () => store.search(["word300"], { cwd: "/w/p7" }));
measure("show a session", () => store.readSession(store.findSession("last")));
measureGrowingTurn();
store.close();
rmSync(directory, { recursive: true });

function fill(): void {
	const began = performance.now();
	for (let from = 0; from < SESSIONS; from += 100) store.transaction(() => fillSessions(from));
	const seconds = (performance.now() - began) / 1000;
	const megabytes = statSync(path).size / 1e6;
	say(`filled ${SESSIONS} sessions × ${TURNS} turns`, `${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`);
}

function fillSessions(from: number): void {
	for (let n = from; n < Math.min(from + 100, SESSIONS); n += 1) {
		const id = ids();
		const facts = { cwd: `/w/p${n % 50}`, startedAt: STARTED_AT + n * 60_000, status: "complete" as const };
		store.beginSession(markMasked(makeSession(id, facts)), { pid: 1 });
		for (let seq = 1; seq <= TURNS; seq += 1) store.saveTurn(id, markMasked(invented(seq)));
	}
}

function invented(seq: number) {
	return makeTurn(seq, {
		prompt: { text: words(12), kind: "prompt" },
		items: [
			answer(words(40)),
			{ kind: "tool", name: "Bash", input: words(6), output: words(60), status: "ok", source: "terminal" },
			answer(words(30)),
		],
	});
}

/** Words as language has them: a few very common, most rare. */
function words(count: number): string {
	return Array.from({ length: count }, () => `word${Math.floor(VOCABULARY ** next()) - 1}`).join(" ");
}

function next(): number {
	seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
	return seed / 2_147_483_648;
}

function measureGrowingTurn(): void {
	const id = ids();
	store.beginSession(markMasked(makeSession(id)), { pid: 1 });
	const items = Array.from({ length: 100 }, () => answer(words(300)));
	let text = words(5000);
	measure("save a turn of 100 items that grew a little", () => {
		text += " more";
		store.saveTurn(id, markMasked(makeTurn(1, { status: "running", items: [...items, answer(text)] })));
	});
}

function measure(title: string, work: () => unknown): void {
	const times = Array.from({ length: RUNS }, () => {
		const began = performance.now();
		work();
		return performance.now() - began;
	}).sort((a, b) => a - b);
	const [median, worst] = [times[Math.floor(RUNS / 2)] ?? 0, times.at(-1) ?? 0];
	say(title, `median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`);
}

function say(title: string, figures: string): void {
	process.stdout.write(`${title.padEnd(46)}${figures}\n`);
}
