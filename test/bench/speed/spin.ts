/** What ctrace uses of the processor while Claude Code only moves its spinner. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { atMost, type Bench, type Part, pause, type Report, table } from "./bench.ts";
import { processorTimeOf, recordersOf } from "./processes.ts";
import { fixtures, spinning } from "./streams.ts";
import { ctrace } from "./subjects.ts";
import { sit } from "./terminal.ts";

const SECONDS = 20;
/** The start is another measurement. */
const SETTLE_MS = 5000;
const PERCENT = 100;

export const spinPart: Part = { name: "spin", title: "While Claude Code spins", run };

async function run(bench: Bench): Promise<Report> {
	const seconds = Math.max(5, SECONDS * bench.effort);
	const { painted } = spinning(fixtures(bench.root));
	const used = { wrapper: 0, recorder: 0 };
	await sit(bench, ctrace(bench).wrap(spinner(bench, seconds + SETTLE_MS / 1000 + 2)), async ({ pid }) => {
		await pause(SETTLE_MS);
		const [recorder = 0] = recordersOf(bench.env.CTRACE_HOME ?? "");
		const before = [processorTimeOf(pid), processorTimeOf(recorder)] as const;
		const began = performance.now();
		await pause(seconds * 1000);
		const passed = performance.now() - began;
		used.wrapper = (PERCENT * (processorTimeOf(pid) - before[0])) / passed;
		used.recorder = (PERCENT * (processorTimeOf(recorder) - before[1])) / passed;
	});
	const ms = painted.reduce((sum, { afterMs }) => sum + afterMs, 0);
	return {
		bars: [atMost("processor, wrapper and recorder, of a core", used.wrapper + used.recorder, 2, " %")],
		lines: [
			`A genuine spinner of ${(ms / 1000).toFixed(1)} s, ${((1000 * painted.length) / ms).toFixed(0)} pieces a second, again and again for ${seconds} s.`,
			"",
			...table(
				["process", "of a core"],
				Object.entries(used).map(([name, percent]) => [name, `${percent.toFixed(2)} %`]),
			),
		],
	};
}

/** A command that draws a genuine screen, and then spins. */
function spinner({ place, root }: Bench, seconds: number): readonly string[] {
	const { screen, painted } = spinning(fixtures(root));
	const script = join(place, "spinner.mjs");
	const pieces = painted.map(({ afterMs, data }) => [afterMs, data.toString("base64")]);
	writeFileSync(
		script,
		`import { writeSync } from "node:fs";
const pieces = ${JSON.stringify(pieces)};
const until = performance.now() + ${seconds * 1000};
writeSync(1, Buffer.from(${JSON.stringify(screen.toString("base64"))}, "base64"));
let next = 0;
const step = () => {
	writeSync(1, Buffer.from(pieces[next % pieces.length][1], "base64"));
	next += 1;
	if (performance.now() < until) setTimeout(step, pieces[next % pieces.length][0]);
};
step();
`,
	);
	return [process.execPath, script];
}
