/** From start to exit of `true`, and to the first byte that a command says. */
import { atMost, type Bench, type Part, type Report, rounds, table } from "./bench.ts";
import { untilRecordersEnd } from "./processes.ts";
import { median, ratioByRound, spread } from "./statistics.ts";
import { bare, ctrace, missingLine, peers, relay } from "./subjects.ts";
import { sit } from "./terminal.ts";

const ROUNDS = 25;
const WARM_UP = 1;
const LIMIT_MS = 90_000;

export const startPart: Part = { name: "start", title: "Start, first byte, exit", run };

async function run(bench: Bench): Promise<Report> {
	const { there, missing } = peers(bench);
	const node = { name: "Node itself, `-e 0`", wrap: () => [process.execPath, "-e", "0"] };
	const measured = [bare(), node, relay(bench), ctrace(bench), ...there].map((subject) => ({
		...subject,
		exit: [] as number[],
		first: [] as number[],
	}));
	for (const round of rounds(WARM_UP + ROUNDS * bench.effort, LIMIT_MS)) {
		for (const { wrap, exit, first } of measured) {
			const ended = await sit(bench, wrap(["true"]));
			await untilRecordersEnd(bench.env.CTRACE_HOME ?? "");
			const said = await sit(bench, wrap(["printf", "x"]));
			await untilRecordersEnd(bench.env.CTRACE_HOME ?? "");
			if (round < WARM_UP) continue;
			exit.push(ended.startToExit);
			first.push(said.firstByte);
		}
	}
	const find = (wanted: string) => measured.find(({ name }) => name === wanted) ?? { exit: [], first: [] };
	const [ours, theirs] = [find("ctrace"), find("relay")];
	return {
		bars: [
			atMost("start to exit of `true`, to the relay's", ratioByRound(ours.exit, theirs.exit), 1.15, " ×"),
			atMost("first byte, later than the relay's", median(ours.first) - median(theirs.first), 5, " ms"),
		],
		lines: [
			...table(
				["wrapped by", "start to exit of `true`, ms", "first byte, ms"],
				measured.map(({ name, exit, first }) => [name, spread(exit, 1), spread(first, 1)]),
			),
			"",
			`${ours.exit.length} rounds.`,
			...missingLine(missing),
		],
	};
}
