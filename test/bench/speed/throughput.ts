/** How fast a flood passes, of three kinds. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { atLeast, type Bench, type Part, type Report, rounds, table } from "./bench.ts";
import { untilRecordersEnd } from "./processes.ts";
import { ratioByRound, spread } from "./statistics.ts";
import { coloured, genuine, noise } from "./streams.ts";
import { bare, ctrace, missingLine, peers, relay, type Subject } from "./subjects.ts";
import { sit } from "./terminal.ts";

const ROUNDS = 5;
const MEGABYTES = 16;
const LIMIT_MS = 100_000;

export const throughputPart: Part = { name: "throughput", title: "Throughput", run };

interface Flood {
	readonly name: string;
	readonly file: string;
}

async function run(bench: Bench): Promise<Report> {
	const { there, missing } = peers(bench);
	const subjects = [bare(), relay(bench), ctrace(bench), ...there];
	const floods = pour(bench);
	const rates = new Map<string, number[]>();
	const ratesOf = (subject: string, flood: string) => {
		const found = rates.get(`${subject} ${flood}`) ?? [];
		rates.set(`${subject} ${flood}`, found);
		return found;
	};
	let made = 0;
	for (const round of rounds(ROUNDS * bench.effort, LIMIT_MS)) {
		made = round + 1;
		for (const { name, file } of floods)
			for (const subject of subjects) ratesOf(subject.name, name).push(await rateOf(bench, subject, file));
	}
	const over = (flood: string, peer: string) => ratioByRound(ratesOf("ctrace", flood), ratesOf(peer, flood));
	return {
		bars: floods.flatMap(({ name }) => [
			atLeast(`throughput of ${name}, to the relay's`, over(name, "relay"), 0.95, " ×"),
			...(missing.includes("asciinema")
				? []
				: [atLeast(`throughput of ${name}, to asciinema's`, over(name, "asciinema"), 1.4, " ×")]),
		]),
		lines: [
			...table(
				["wrapped by, MB/s", ...floods.map(({ name }) => name)],
				subjects.map(({ name }) => [name, ...floods.map((flood) => spread(ratesOf(name, flood.name), 1))]),
			),
			"",
			`${made} rounds.`,
			...missingLine(missing),
		],
	};
}

function pour({ place, root }: Bench): readonly Flood[] {
	const kinds = {
		"coloured text": coloured(MEGABYTES),
		"genuine Claude Code, repeated": genuine(root, MEGABYTES),
		"a binary flood": noise(MEGABYTES),
	};
	return Object.entries(kinds).map(([name, bytes], index) => {
		const file = join(place, `flood-${index}`);
		writeFileSync(file, bytes);
		return { name, file };
	});
}

/** Megabytes a second, from the first byte to the last. */
async function rateOf(bench: Bench, subject: Subject, file: string): Promise<number> {
	const { bytes, firstByte, lastByte } = await sit(bench, subject.wrap(["cat", file]));
	await untilRecordersEnd(bench.env.CTRACE_HOME ?? "");
	return bytes / 1e3 / (lastByte - firstByte);
}
