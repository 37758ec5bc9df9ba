/** How long a key's echo takes: with nothing else to do, while the command floods, while a sync runs, on a slow disk. */
import { atMost, type Bench, type Part, pause, type Report, rounds, table } from "./bench.ts";
import { type Disturbance, disturbances } from "./disturb.ts";
import { untilRecordersEnd } from "./processes.ts";
import { median, quantile, ratioByRound } from "./statistics.ts";
import { bare, ctrace, missingLine, peers, relay, type Subject } from "./subjects.ts";
import { sit } from "./terminal.ts";

const ROUNDS = 5;
const KEYS = 200;
/** For each of the four. */
const LIMIT_MS = 45_000;
/** Between two keys: what is measured is one echo, not a queue. */
const KEY_PAUSE_MS = 4;
/** A recorder that is starting is another measurement. */
const SETTLE_MS = 400;
/** A key that is not echoed within this is a mistake of the measurement. */
const LOST_MS = 20_000;
const READY = "READY";

export const echoPart: Part = { name: "echo", title: "A key's echo", run };

/** Of one subject: p50 and p99 of each round, in milliseconds. */
interface Echo {
	readonly p50: number[];
	readonly p99: number[];
}

async function run(bench: Bench): Promise<Report> {
	const { there, missing } = peers(bench);
	const two = [relay(bench), ctrace(bench)];
	const { possible, impossible } = await disturbances(bench);
	const reports: Report[] = [];
	for (const disturbance of possible) {
		const subjects = disturbance.isPlain ? [bare(), ...two, ...there] : two;
		reports.push(await compare(bench, subjects, disturbance));
	}
	return {
		bars: reports.flatMap(({ bars }) => bars),
		lines: [
			...table(
				["", "wrapped by", "p50, ms", "p99, ms"],
				reports.flatMap(({ lines }) => lines).map((row) => row.split("\t")),
			),
			...impossible.map((why) => `\n${why}`),
			...missingLine(missing),
		],
	};
}

async function compare(
	bench: Bench,
	subjects: readonly Subject[],
	{ name, start, command, mark }: Disturbance,
): Promise<Report> {
	const found = subjects.map((subject) => ({ subject, p50: [] as number[], p99: [] as number[] }));
	const { env, stop } = await start();
	for (const round of rounds(1 + ROUNDS * bench.effort, LIMIT_MS))
		for (const { subject, p50, p99 } of found) {
			const times = await echo({ ...bench, env }, subject.wrap(command(KEYS)), mark).catch(
				(cause: unknown) => {
					throw new Error(`${name}, wrapped by ${subject.name}, round ${round}`, { cause });
				},
			);
			await untilRecordersEnd(bench.env.CTRACE_HOME ?? "");
			if (round === 0) continue; // warm
			p50.push(median(times));
			p99.push(quantile(times, 0.99));
		}
	await stop();
	return { bars: barsOf(name, found), lines: found.map((one) => rowOf(name, one)) };
}

function barsOf(name: string, found: readonly (Echo & { readonly subject: Subject })[]) {
	const of = (wanted: string) => found.find(({ subject }) => subject.name === wanted) ?? { p50: [], p99: [] };
	const [ours, theirs] = [of("ctrace"), of("relay")];
	return [
		atMost(`echo of a key, ${name}, p50, to the relay's`, ratioByRound(ours.p50, theirs.p50), 1.1, " ×"),
		atMost(`echo of a key, ${name}, p99, to the relay's`, ratioByRound(ours.p99, theirs.p99), 1.25, " ×"),
	];
}

function rowOf(name: string, { subject, p50, p99 }: Echo & { readonly subject: Subject }): string {
	const range = (list: readonly number[]) =>
		`${median(list).toFixed(2)} (${Math.min(...list).toFixed(2)}–${Math.max(...list).toFixed(2)})`;
	return [name, subject.name, range(p50), range(p99)].join("\t");
}

/** Types keys one by one at a command that answers each with `mark`; milliseconds each. */
async function echo(bench: Bench, argv: readonly string[], mark: string): Promise<number[]> {
	const times: number[] = [];
	await sit(bench, argv, async ({ type, hear }) => {
		await heard(hear, READY);
		await pause(SETTLE_MS);
		for (let key = 0; key < KEYS; key += 1) {
			const answered = heard(hear, mark);
			const sent = performance.now();
			type(Buffer.from("k"));
			await answered.catch((cause: unknown) => {
				throw new Error(`key ${key}`, { cause });
			});
			times.push(performance.now() - sent);
			await pause(KEY_PAUSE_MS);
		}
		type(Buffer.from("q"));
	});
	return times;
}

/** Resolves when `mark` has come, in one piece or in several. */
function heard(hear: (listen: (bytes: Uint8Array) => void) => void, mark: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const lost = setTimeout(() => reject(new Error(`nothing like ${JSON.stringify(mark)} came`)), LOST_MS);
		let before = "";
		hear((bytes) => {
			const text = before + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
			before = text.slice(-mark.length);
			if (!text.includes(mark)) return;
			clearTimeout(lost);
			hear(() => {});
			resolve();
		});
	});
}
