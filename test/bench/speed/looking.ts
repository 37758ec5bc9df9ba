/** Opening the store, `ctrace sessions list` from start to exit, and searching two million turns. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { createIdMaker } from "../../../src/core/ids.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { markMasked } from "../../support/mark-masked.ts";
import { answer, makeSession, makeTurn, STARTED_AT } from "../../support/stored-session.ts";
import { Chance } from "../big/chance.ts";
import { atMost, type Bench, type Part, type Report, table } from "./bench.ts";
import { quantile, spread } from "./statistics.ts";

const SESSIONS = 1000;
const TURNS = 10;
const ROUNDS = 25;
const SEARCHES = 300;
const WARM_UP = 10;
const SEED = 12;
/** Half of what people search for is common, half of it is rare. */
const COMMON = ["the", "error", "test", "function", "commit", "and", "file", "src", "user"];
const WORDS = 400_000;

export const lookingPart: Part = { name: "looking", title: "Opening, listing, searching", run };

async function run(bench: Bench): Promise<Report> {
	const own = join(bench.place, "looking");
	const homes = [
		{ name: `${SESSIONS} sessions, ${SESSIONS * TURNS} turns`, home: own },
		...(bench.seed === undefined ? [] : [{ name: sizeOf(bench.seed), home: bench.seed }]),
	];
	fill(own);
	const rows: string[][] = [];
	const bars = homes.flatMap(({ name, home }) => {
		const [list, open] = measureStart(bench, home);
		rows.push(
			[`\`sessions list\`, start to exit, ${name}`, spread(list, 1)],
			[`opening the store, ${name}`, spread(open, 1)],
		);
		return [
			atMost(`\`sessions list\`, start to exit, ${name}`, quantile(list, 0.5), 150, " ms"),
			atMost(`opening the store, ${name}`, quantile(open, 0.5), 15, " ms"),
		];
	});
	const lines: string[] = [];
	if (bench.seed === undefined)
		lines.push(
			"",
			"Searching two million turns was not measured: `npm run seed:big -- FOLDER`, then `--seed FOLDER`.",
		);
	else {
		const { kinds, all } = search(bench.seed);
		bars.push(atMost("search, p95 of all kinds", quantile(all, 0.95), 50, " ms"));
		rows.push(
			...kinds.map(([kind, times]) => [
				`search, ${kind}`,
				`${spread(times, 1)}, p95 ${quantile(times, 0.95).toFixed(1)}`,
			]),
		);
	}
	return { bars, lines: [...table(["", "ms"], rows), ...lines] };
}

/** The database alone is opened by the program too, so both are measured on it: a process of its own for each. */
function measureStart({ root, env, effort }: Bench, home: string): readonly [list: number[], open: number[]] {
	const [list, open]: [number[], number[]] = [[], []];
	for (let round = -2; round < ROUNDS * effort; round += 1) {
		const began = performance.now();
		spawnSync(process.execPath, [join(root, "bin", "ctrace.js"), "sessions", "list"], {
			env: { ...env, CTRACE_HOME: home },
			stdio: "ignore",
		});
		const listed = performance.now() - began;
		const opened = timeOpening(join(home, "data", "ctrace.db"));
		if (round < 0) continue; // warm
		list.push(listed);
		open.push(opened);
	}
	return [list, open];
}

function timeOpening(path: string): number {
	const began = performance.now();
	const store = openAt(path);
	const took = performance.now() - began;
	store.close();
	return took;
}

function openAt(path: string) {
	const clock = { now: () => Date.now() };
	return openStore({ path, clock, ids: createIdMaker(clock, (count) => randomBytes(count)) });
}

function fill(home: string): void {
	const clock = { now: () => Date.now() };
	const ids = createIdMaker(clock, (count) => randomBytes(count));
	const store = openAt(join(home, "data", "ctrace.db"));
	store.transaction(() => {
		for (let n = 0; n < SESSIONS; n += 1) {
			const id = ids();
			const startedAt = STARTED_AT + n * 60_000;
			store.beginSession(markMasked(makeSession(id, { startedAt, status: "complete" })), { pid: 1 });
			for (let seq = 1; seq <= TURNS; seq += 1)
				store.saveTurn(id, markMasked(makeTurn(seq, { items: [answer(`what was done in ${n}, ${seq}`)] })));
		}
	});
	store.close();
}

function sizeOf(home: string): string {
	const path = join(home, "data", "ctrace.db");
	if (!existsSync(path)) throw new Error(`${home} holds no database of npm run seed:big`);
	return `${(statSync(path).size / 1e9).toFixed(1)} GB of \`seed:big\``;
}

function search(home: string): {
	readonly kinds: readonly (readonly [string, number[]])[];
	readonly all: number[];
} {
	const chance = new Chance(SEED);
	const rare = () => `w${chance.zipf(WORDS).toString(36)}`;
	const common = () => chance.pick(COMMON);
	const kinds = [
		["a common word", () => [common()]],
		["a rare word", () => [rare()]],
		["two common words", () => [common(), common()]],
		["a common and a rare word", () => [common(), rare()]],
	] as const;
	const store = openAt(join(home, "data", "ctrace.db"));
	const timed = kinds.map(([name, words]) => {
		const times: number[] = [];
		for (let n = -WARM_UP; n < SEARCHES / kinds.length; n += 1) {
			const asked = words();
			const began = performance.now();
			store.search(asked, { limit: 20 });
			if (n >= 0) times.push(performance.now() - began);
		}
		return [name, times] as const;
	});
	store.close();
	return { kinds: timed, all: timed.flatMap(([, times]) => times) };
}
