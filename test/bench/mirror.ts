/**
 * `npm run bench:mirror [-- --rounds N] [--write]`: what a wrapper costs the person at the terminal, seen from outside on a
 * pseudo-terminal: start to exit, first byte, throughput, and the echo of a key. ctrace (recording, masking and storing)
 * beside a bare relay, and `script` and `asciinema` where they are installed; all in turn in one run.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { forkPty } from "../../src/terminal/native-pty.ts";
import { OrderedWriter } from "../../src/terminal/ordered-writer.ts";
import { PtyReader } from "../../src/terminal/pty-reader.ts";

const { values } = parseArgs({
	options: {
		rounds: { type: "string", default: "15" },
		keys: { type: "string", default: "300" },
		megabytes: { type: "string", default: "24" },
		write: { type: "boolean", default: false },
	},
});
const place = mkdtempSync(join(tmpdir(), "ctrace-bench-"));
const work = resolve(".cache", "bench");
mkdirSync(work, { recursive: true });
const RELAY = join(work, "relay.mjs");
const CTRACE = resolve("bin", "ctrace.js");
const FLOOD = join(place, "flood.txt");
/** Between two keys: what is measured is one echo, not a queue. */
const KEY_PAUSE_MS = 4;
/** A flood and a typist take seconds: every third round is enough for a median. */
const LONG_EVERY = 3;

/** A relay of twenty lines that records nothing: the least that Node and node-pty allow. */
writeFileSync(
	RELAY,
	`import { spawn } from "node-pty";
process.stdin.setRawMode?.(true);
const [file, ...args] = process.argv.slice(2);
const child = spawn(file, args, { cols: process.stdout.columns, rows: process.stdout.rows, encoding: null });
process.stdin.on("data", (keys) => child.write(keys));
process.stdout.on("resize", () => child.resize(process.stdout.columns, process.stdout.rows));
child.onData((data) => process.stdout.write(data));
child.onExit(({ exitCode, signal }) => {
	process.stdin.setRawMode?.(false);
	process.exit(signal ? 128 + signal : exitCode);
});
`,
);

interface Subject {
	readonly name: string;
	readonly wrap: (command: readonly string[]) => readonly string[];
}

const quote = (words: readonly string[]) => words.map((word) => `'${word}'`).join(" ");
const isThere = (name: string) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0;
const SUBJECTS: readonly Subject[] = [
	{ name: "nothing", wrap: (command) => command },
	...(isThere("script")
		? [
				{
					name: "script",
					wrap: (command: readonly string[]) => [
						"script",
						"-qefc",
						quote(command),
						join(place, "typescript"),
					],
				},
			]
		: []),
	{ name: "relay", wrap: (command) => [process.execPath, RELAY, ...command] },
	{ name: "ctrace", wrap: (command) => [process.execPath, CTRACE, ...command] },
	...(isThere("asciinema")
		? [
				{
					name: "asciinema",
					wrap: (command: readonly string[]) => [
						"asciinema",
						"rec",
						"-q",
						"--overwrite",
						"-c",
						quote(command),
						join(place, "a.cast"),
					],
				},
			]
		: []),
];

const env = {
	...process.env,
	HOME: place,
	CTRACE_HOME: join(place, "ctrace"),
	TERM: "xterm-256color",
	SHELL: "/bin/sh",
};

interface Run {
	readonly startToExit: number;
	readonly firstByte: number;
	readonly lastByte: number;
	readonly bytes: number;
}

/** Milliseconds since the start. */
async function play(
	argv: readonly string[],
	onStart?: (
		type: (keys: Uint8Array) => void,
		onData: (listen: (bytes: Uint8Array) => void) => void,
	) => Promise<void>,
): Promise<Run> {
	const [file = "", ...args] = argv;
	const started = performance.now();
	const child = forkPty({ file, args, env, size: { cols: 100, rows: 30 } });
	let [firstByte, lastByte, bytes] = [0, 0, 0];
	let listener: ((bytes: Uint8Array) => void) | undefined;
	const reader = new PtyReader(child.fd, (data) => {
		lastByte = performance.now() - started;
		if (bytes === 0) firstByte = lastByte;
		bytes += data.length;
		listener?.(data);
	});
	const writer = new OrderedWriter({ fd: child.fd });
	const acting = onStart?.(
		(keys) => void writer.write(keys),
		(listen) => {
			listener = listen;
		},
	);
	await child.exited;
	const startToExit = performance.now() - started;
	await acting;
	await reader.ended;
	reader.close();
	return { startToExit, firstByte, lastByte, bytes };
}

/** Types keys one by one at `command`, which echoes them; milliseconds each. */
async function echo(argv: readonly string[], keys: number): Promise<number[]> {
	const times: number[] = [];
	await play(argv, async (type, onData) => {
		await new Promise<void>((ready) => onData((data) => Buffer.from(data).includes("READY") && ready()));
		await pause(150); // a recorder that is starting is another measurement
		for (let key = 0; key < keys; key += 1) {
			const sent = performance.now();
			const shown = new Promise<number>((resolve) => onData(() => resolve(performance.now() - sent)));
			type(Buffer.from("k"));
			times.push(await shown);
			await pause(KEY_PAUSE_MS);
		}
	});
	return times;
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}

function quantile(list: readonly number[], q: number): number {
	const sorted = [...list].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

function colouredText(megabytes: number): Buffer {
	const lines: string[] = [];
	for (let line = 0; line < 4000; line += 1) {
		lines.push(
			`\u001b[3${line % 8}mline ${line}\u001b[0m of \u001b[1msome\u001b[22m text that a build prints, ${line * 7919}\r\n`,
		);
	}
	const block = Buffer.from(lines.join(""));
	return Buffer.concat(Array.from({ length: Math.ceil((megabytes * 1e6) / block.length) }, () => block));
}

/** Gives back each byte as it comes, and ends after the last. */
const ECHO = [
	"sh",
	"-c",
	`stty raw -echo; printf READY; exec dd bs=1 count=${Number(values.keys)} status=none`,
];

interface Figures {
	readonly exit: number[];
	readonly first: number[];
	readonly rate: number[];
	readonly echo: number[];
}

/** The cheap measurements every round; the long ones in every third. */
async function measure(subject: Subject, isLong: boolean): Promise<Figures> {
	const { wrap } = subject;
	const start = await play(wrap(["true"]));
	const hello = await play(wrap(["printf", "x"]));
	const flood = isLong ? await play(wrap(["cat", FLOOD])) : undefined;
	const keys = isLong ? await echo(wrap(ECHO), Number(values.keys)) : [];
	const rate = flood === undefined ? [] : [flood.bytes / 1e3 / (flood.lastByte - flood.firstByte)];
	return { exit: [start.startToExit], first: [hello.firstByte], rate, echo: keys };
}

function row(name: string, { exit, first, rate, echo }: Figures): string {
	const cells = [
		quantile(exit, 0.5).toFixed(0),
		quantile(first, 0.5).toFixed(0),
		quantile(rate, 0.5).toFixed(1),
		`${quantile(echo, 0.5).toFixed(2)} / ${quantile(echo, 0.99).toFixed(2)}`,
	];
	return `| ${name} | ${cells.join(" | ")} |`;
}

async function main(): Promise<void> {
	writeFileSync(FLOOD, colouredText(Number(values.megabytes)));
	const rounds = Number(values.rounds);
	const all = SUBJECTS.map((subject) => ({
		subject,
		sum: { exit: [], first: [], rate: [], echo: [] } as Figures,
	}));
	for (let round = -1; round < rounds; round += 1) {
		for (const { subject, sum } of all) {
			const found = await measure(subject, round >= 0 && round % LONG_EVERY === 0);
			if (round < 0) continue; // warm
			for (const name of ["exit", "first", "rate", "echo"] as const) sum[name].push(...found[name]);
		}
	}
	rmSync(place, { recursive: true, force: true });
	const report = [
		"# The mirror, measured",
		"",
		"What a person at the terminal waits for, seen from outside on a pseudo-terminal, all in turn in one run. Made by",
		"`npm run bench:mirror -- --write`. The relay is twenty lines around node-pty that record nothing: the least that Node allows.",
		"",
		`Node ${process.version}, ${platform()} ${release()} ${arch()}, ${cpus().length} CPUs; ${rounds} rounds, medians.`,
		"",
		"| wrapped by | start to exit of `true`, ms | first byte, ms | coloured text, MB/s | echo of a key p50 / p99, ms |",
		"| --- | ---: | ---: | ---: | ---: |",
		...all.map(({ subject, sum }) => row(subject.name, sum)),
		"",
	].join("\n");
	console.log(report);
	if (values.write) writeFileSync(join("docs", "measured-mirror.md"), report);
}

await main();
