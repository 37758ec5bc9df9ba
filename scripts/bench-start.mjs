// Start to exit of `ctrace true` against the barest relay that node-pty allows, in the same run, on the same terminal.
// usage: node scripts/bench-start.mjs [--rounds N] [--write]      (after `npm run build`)
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, release, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { spawn } from "node-pty";

const { values } = parseArgs({
	options: { rounds: { type: "string", default: "40" }, write: { type: "boolean", default: false } },
});
const rounds = Number(values.rounds);
const WARM_UP = 3;
const BAR = 1.3;
const home = mkdtempSync(join(tmpdir(), "ctrace-bench-"));

const relay = join(process.cwd(), "dist", "bench-relay.mjs"); // beside the bundles, where node-pty is found
writeFileSync(
	relay,
	`import { spawn } from "node-pty";
process.stdin.setRawMode?.(true);
const [file, ...args] = process.argv.slice(2);
const child = spawn(file, args, { cols: process.stdout.columns, rows: process.stdout.rows, encoding: null });
process.stdin.on("data", (keys) => child.write(keys));
child.onData((data) => process.stdout.write(data));
child.onExit(({ exitCode }) => process.exit(exitCode));
`,
);

/** Milliseconds from start to exit, seen from outside. */
function time(argv) {
	return new Promise((resolve) => {
		const started = performance.now();
		const env = { ...process.env, HOME: home, CTRACE_HOME: join(home, "ctrace"), TERM: "xterm-256color" };
		const child = spawn(process.execPath, argv, { cols: 80, rows: 24, env, encoding: null });
		child.onData(() => {});
		const watch = setInterval(() => {
			if (isGone(child.pid)) done();
		}, 1);
		child.onExit(() => done());
		function done() {
			clearInterval(watch);
			resolve(performance.now() - started);
		}
	});
}

/** node-pty tells of an exit up to 200 ms late; the system knows at once. */
function isGone(pid) {
	try {
		process.kill(pid, 0);
		return false;
	} catch {
		return true;
	}
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const quantile = (list, q) =>
	[...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];

const subjects = [
	{ name: "a bare node-pty relay", argv: [relay, "true"], times: [] },
	{ name: "`ctrace true`", argv: [join(process.cwd(), "bin", "ctrace.js"), "true"], times: [] },
	{ name: "Node itself, doing nothing", argv: ["-e", ""], times: [] },
];
for (let round = -WARM_UP; round < rounds; round += 1) {
	for (const subject of subjects) {
		const ms = await time(subject.argv);
		if (round >= 0) subject.times.push(ms);
	}
}
rmSync(home, { recursive: true, force: true });
rmSync(relay, { force: true });

const [bare, ours] = subjects;
const ratio = median(ours.times) / median(bare.times);
const rows = subjects.map(
	({ name, times }) =>
		`| ${name} | ${median(times).toFixed(1)} | ${quantile(times, 0.1).toFixed(1)} | ${quantile(times, 0.9).toFixed(1)} |`,
);
const table = [
	"# Start to exit, measured",
	"",
	`${rounds} alternating runs each; Node ${process.version}, ${platform()} ${release()} ${arch()}, ${cpus().length} CPUs. Milliseconds.`,
	"",
	"| program | median | 10 % | 90 % |",
	"| --- | ---: | ---: | ---: |",
	...rows,
	"",
	`Ratio of the medians, ctrace to relay: **${ratio.toFixed(2)}** (bar: ${BAR}).`,
	"",
].join("\n");
console.log(table);
if (values.write) writeFileSync(join("docs", "measured-start.md"), table);
process.exitCode = ratio <= BAR ? 0 : 1;
