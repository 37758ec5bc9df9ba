/** What wrapper and recorder hold in memory while a day of output passes, at a pace that a recorder can follow. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { atMost, type Bench, type Part, type Report, table } from "./bench.ts";
import { recordersOf, residentOf, untilRecordersEnd } from "./processes.ts";
import { quantile } from "./statistics.ts";
import { genuine } from "./streams.ts";
import { ctrace } from "./subjects.ts";
import { sit } from "./terminal.ts";

/** A long day of Claude Code, in a minute and a half. */
const DAY_MEGABYTES = 500;
const MEGABYTES_A_SECOND = 6;
/** As Claude Code draws it: nothing else goes into one write. */
const BLOCK_MEGABYTES = 12;
const LOOK_MS = 100;
/** A busy machine lets less of the day pass. */
const LIMIT_MS = 120_000;
/** Flat: the last quarter holds at most so much more than the first. */
const GROWTH_MB = 10;

export const memoryPart: Part = { name: "memory", title: "Memory over a day of output", run };

async function run(bench: Bench): Promise<Report> {
	const { wrapper, recorder, megabytes } = await aDay(bench);
	const rows = [
		["wrapper", wrapper],
		["recorder", recorder],
	] as const;
	return {
		bars: [
			atMost("wrapper, resident at most", Math.max(...wrapper), 60, " MB"),
			atMost("recorder, resident at most", Math.max(...recorder), 160, " MB"),
			atMost("wrapper, growth over the day", growth(wrapper), GROWTH_MB, " MB"),
			atMost("recorder, growth over the day", growth(recorder), GROWTH_MB, " MB"),
		],
		lines: [
			`${megabytes.toFixed(0)} MB of genuine output, at most ${MEGABYTES_A_SECOND} MB a second.`,
			"",
			...table(
				["resident, MB", "first quarter", "second", "third", "last", "at most"],
				rows.map(([name, samples]) => [
					name,
					...[0, 1, 2, 3].map((n) => quantile(quarter(samples, n), 0.5).toFixed(1)),
					Math.max(...samples).toFixed(1),
				]),
			),
		],
	};
}

interface Day {
	readonly wrapper: readonly number[];
	readonly recorder: readonly number[];
	readonly megabytes: number;
}

async function aDay(bench: Bench): Promise<Day> {
	const [wrapper, recorder]: [number[], number[]] = [[], []];
	const { bytes } = await sit(bench, ctrace(bench).wrap(player(bench)), async ({ pid }) => {
		const looking = setInterval(() => {
			const [recorderPid = 0] = recordersOf(bench.env.CTRACE_HOME ?? "");
			for (const [list, one] of [
				[wrapper, pid],
				[recorder, recorderPid],
			] as const) {
				const megabytes = residentOf(one);
				if (!Number.isNaN(megabytes)) list.push(megabytes);
			}
		}, LOOK_MS);
		looking.unref();
	});
	await untilRecordersEnd(bench.env.CTRACE_HOME ?? "");
	return { wrapper, recorder, megabytes: bytes / 1e6 };
}

/** A command that says all fixtures again and again, evenly, until the day is over. */
function player({ place, root, effort }: Bench): readonly string[] {
	const [stream, script] = [join(place, "day"), join(place, "day.mjs")];
	writeFileSync(stream, genuine(root, BLOCK_MEGABYTES));
	writeFileSync(
		script,
		`import { readFileSync, writeSync } from "node:fs";
const bytes = readFileSync(${JSON.stringify(stream)});
const [total, aMs] = [${DAY_MEGABYTES * 1e6 * effort}, ${MEGABYTES_A_SECOND * 1000}];
const began = performance.now();
let said = 0;
const step = () => {
	while (said < Math.min(total, (performance.now() - began) * aMs) && performance.now() - began < ${LIMIT_MS}) {
		const from = said % bytes.length;
		said += writeSync(1, bytes, from, Math.min(8192, bytes.length - from));
	}
	if (said < total && performance.now() - began < ${LIMIT_MS}) setTimeout(step, 5);
};
step();
`,
	);
	return [process.execPath, script];
}

function quarter(samples: readonly number[], n: number): readonly number[] {
	return samples.slice(Math.floor((samples.length * n) / 4), Math.floor((samples.length * (n + 1)) / 4));
}

function growth(samples: readonly number[]): number {
	return quantile(quarter(samples, 3), 0.5) - quantile(quarter(samples, 0), 0.5);
}
