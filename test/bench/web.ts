/**
 * `npm run bench:web -- FOLDER [--only BEGINNING] [--write] [--json FILE]`: how fast `ctrace web` answers over a database that
 * `npm run seed:big` made. `--only` measures what begins so; `--write` puts all of it into docs/measured-web.md.
 * The built program serves; each request is timed from its first byte to the answer's last. Besides that time, the
 * processor time that the server used for it: that says more on a machine that others use. Exit code 1 if a bar is missed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { Agent, get, type IncomingMessage } from "node:http";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createIdMaker } from "../../src/core/ids.ts";
import { openStore } from "../../src/store/open-store.ts";
import { markMasked } from "../support/mark-masked.ts";
import { answer, makeSession, makeTurn } from "../support/stored-session.ts";
import { Chance } from "./big/chance.ts";
import { type Measured, measuredTable } from "./big/measured-table.ts";
import { kindsOfRequests, type RequestKind } from "./big/requests.ts";

const SEED = 7;
/** Of each kind; the first ones warm the cache as a person's first clicks would. */
const REQUESTS = 40;
const WARM_UP = 5;
const LIVE_TURNS = 20;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		json: { type: "string" },
		only: { type: "string", default: "" },
		write: { type: "boolean", default: false },
	},
});
const home = resolve(positionals[0] ?? "");
const path = join(home, "data", "ctrace.db");
if (!existsSync(path)) {
	process.stderr.write(
		"usage: npm run bench:web -- FOLDER, of a database that `npm run seed:big -- FOLDER` made\n",
	);
	process.exit(2);
}

interface Served {
	readonly child: ChildProcess;
	readonly origin: string;
	readonly token: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const began = performance.now();
const served = await startServer();
const results: Measured[] = [];
say(
	`${(statSync(path).size / 1e9).toFixed(2)} GB; listening after ${(performance.now() - began).toFixed(0)} ms`,
);
say(
	`the first list after ${(await timed("/sessions")).ms.toFixed(0)} ms more: it reads every session's digest`,
);
say(`${"".padEnd(34)}cpu p50 cpu p95     p50     p95    bar   kB`);
const chance = new Chance(SEED);
for (const kind of kindsOfRequests(await facetValues(), chance))
	if (kind.name.startsWith(values.only)) results.push(await measure(kind));
if (values.only === "") {
	await measureLongSession();
	await measureLive();
}
served.child.kill("SIGINT");
agent.destroy();
if (values.write) writeFileSync("docs/measured-web.md", measuredTable(results, statSync(path).size));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
process.exitCode = results.some(({ p95Ms, barMs }) => p95Ms > barMs) ? 1 : 0;

async function startServer(): Promise<Served> {
	const child = spawn(process.execPath, ["bin/ctrace.js", "web", "--port", "0", "--no-open"], {
		env: { ...process.env, CTRACE_HOME: home },
		stdio: ["ignore", "pipe", "inherit"],
	});
	if (child.stdout === null) throw new Error("no output");
	for await (const line of createInterface({ input: child.stdout })) {
		const found = /^(http:\/\/\S+)\/\?token=(\S+)$/.exec(line);
		if (found !== null) return { child, origin: found[1] ?? "", token: found[2] ?? "" };
	}
	throw new Error("the server did not start");
}

async function facetValues(): Promise<Readonly<Record<string, readonly string[]>>> {
	const { facets } = JSON.parse((await timed("/facets")).body);
	const names = Object.keys(facets);
	return Object.fromEntries(
		names.map((name) => [name, facets[name].values.map(({ value }: { value: string }) => value)]),
	);
}

async function measure({ name, barMs, path: next }: RequestKind): Promise<Measured> {
	const spent: Spent[] = [];
	let bytes = 0;
	for (let n = 0; n < WARM_UP; n += 1) await timed(next());
	for (let n = 0; n < REQUESTS; n += 1) {
		const where = next();
		spent.push(
			await metered(async () => {
				const { body } = await timed(where);
				bytes = Math.max(bytes, body.length);
			}),
		);
	}
	return told(name, { spent, barMs, bytes });
}

interface Spent {
	readonly ms: number;
	/** Of the server's processor. */
	readonly cpuMs: number;
}

async function metered(work: () => Promise<void>): Promise<Spent> {
	const [began, before] = [performance.now(), cpuOf(served.child.pid ?? 0)];
	await work();
	return { ms: performance.now() - began, cpuMs: cpuOf(served.child.pid ?? 0) - before };
}

function told(
	name: string,
	{
		spent,
		barMs,
		bytes,
	}: { readonly spent: readonly Spent[]; readonly barMs: number; readonly bytes: number },
): Measured {
	const at = (share: number, of: (one: Spent) => number) => {
		const sorted = spent.map(of).sort((a, b) => a - b);
		return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
	};
	const [wall, cpu] = [({ ms }: Spent) => ms, ({ cpuMs }: Spent) => cpuMs];
	const measured = {
		name,
		p50Ms: at(0.5, wall),
		p95Ms: at(0.95, wall),
		cpuP50Ms: at(0.5, cpu),
		cpuP95Ms: at(0.95, cpu),
		barMs,
		bytes,
	};
	const columns = [measured.cpuP50Ms, measured.cpuP95Ms, measured.p50Ms, measured.p95Ms].map((ms) =>
		ms.toFixed(1).padStart(7),
	);
	const mark = measured.p95Ms > barMs ? "  MISSED" : "";
	say(
		`${name.padEnd(34)}${columns.join(" ")} ${String(barMs).padStart(6)} ${String(Math.ceil(bytes / 1000)).padStart(4)}${mark}`,
	);
	return measured;
}

/** What the page asks to show a session of 2,000 turns: its head, its outline, the first and the last turns. */
async function measureLongSession(): Promise<void> {
	const { sessions } = JSON.parse((await timed("/sessions?sort=turns&limit=1")).body);
	const [{ id, turns }] = sessions;
	const parts = [
		`/sessions/${id}`,
		`/sessions/${id}/outline`,
		`/sessions/${id}/turns?limit=50`,
		`/sessions/${id}/turns?before=9999&limit=50`,
	];
	const spent: Spent[] = [];
	let bytes = 0;
	for (let n = 0; n < LIVE_TURNS; n += 1)
		spent.push(
			await metered(async () => {
				const answers = [];
				for (const part of parts) answers.push(await timed(part));
				bytes = answers.reduce((sum, { body }) => sum + body.length, 0);
			}),
		);
	results.push(told(`open a session of ${turns} turns`, { spent, barMs: 1000, bytes }));
	const all = await measure({
		name: "200 turns of it, anywhere",
		barMs: 1000,
		path: () => `/sessions/${id}/turns?limit=200&after=${chance.below(turns)}`,
	});
	const words = ["error", "render", "nothing-like-this", "src/"];
	const found = await measure({
		name: "find in it",
		barMs: 1000,
		path: () => `/sessions/${id}/find?q=${encodeURIComponent(chance.pick(words))}`,
	});
	results.push(all, found);
}

/** From the moment at which a turn is stored, by another process, to its event on the page. */
async function measureLive(): Promise<void> {
	const clock = { now: () => Date.now() };
	const ids = createIdMaker(clock, (count) => randomBytes(count));
	const store = openStore({ path, clock, ids });
	const id = ids();
	store.beginSession(markMasked(makeSession(id, { startedAt: clock.now() })), { pid: process.pid });
	const stream = await listen(`/live?session=${id}`);
	const spent: Spent[] = [];
	await stream.next("hello");
	for (let seq = 1; seq <= LIVE_TURNS; seq += 1) {
		store.saveTurn(id, markMasked(makeTurn(seq, { items: [answer(`answer ${seq}`)] })));
		spent.push(await metered(() => stream.next("turn")));
		await new Promise((done) => setTimeout(done, chance.below(200)));
	}
	stream.close();
	store.deleteSession(id);
	store.close();
	results.push(told("a stored turn is on the page", { spent, barMs: 1000, bytes: 0 }));
}

async function listen(where: string) {
	const response = await new Promise<IncomingMessage>((done, failed) => {
		get(`${served.origin}/api/v1${where}`, { headers: headers() }, done).on("error", failed);
	});
	const lines = createInterface({ input: response })[Symbol.asyncIterator]();
	return {
		next: async (event: string) => {
			for (;;) {
				const { value, done } = await lines.next();
				if (done === true) throw new Error("the stream ended");
				if (value === `event: ${event}`) return;
			}
		},
		close: () => void response.destroy(),
	};
}

function timed(where: string): Promise<{ readonly ms: number; readonly body: string }> {
	const asked = performance.now();
	return new Promise((done, failed) => {
		get(`${served.origin}/api/v1${where}`, { headers: headers(), agent }, (response) => {
			let body = "";
			response.setEncoding("utf8");
			response.on("data", (piece: string) => {
				body += piece;
			});
			response.on("end", () => {
				if (response.statusCode !== 200) failed(new Error(`${where}: ${response.statusCode} ${body}`));
				done({ ms: performance.now() - asked, body });
			});
		}).on("error", failed);
	});
}

function headers() {
	return { authorization: `Bearer ${served.token}` };
}

/** Processor time of all threads of a process so far, from Linux's own books; elsewhere it is not known. */
function cpuOf(pid: number): number {
	try {
		const threads = readdirSync(`/proc/${pid}/task`);
		const ranNs = (thread: string) =>
			Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
		return threads.reduce((sum, thread) => sum + ranNs(thread), 0) / 1e6;
	} catch {
		return Number.NaN;
	}
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
