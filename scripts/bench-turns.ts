/**
 * `npm run bench:turns [-- DIR…] [--write]`: how fast genuine streams become turns, on one core, and how much memory
 * half a gigabyte of them takes. Reads every `session.cast` below the directories (default: the fixtures).
 */
import { readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { TerminalEvent } from "../src/core/event.ts";
import type { Look } from "../src/core/look.ts";
import { loadLook } from "../src/patterns/load-looks.ts";
import { Screen } from "../src/screen/screen.ts";
import { TurnReader } from "../src/turns/turn-reader.ts";
import { readCast } from "../test/live/cast.ts";

/** Until the just-in-time compiler has come to rest. */
const WARMING_BYTES = 24_000_000;
const MEASURED_BYTES = 48_000_000;
const SOAKED_BYTES = 500_000_000;
/** The bar. */
const WANTED_MB_PER_SECOND = 10;

interface Stream {
	readonly cols: number;
	readonly rows: number;
	readonly events: readonly TerminalEvent[];
	readonly bytes: number;
}

interface Figures {
	readonly megabytes: number;
	readonly seconds: number;
	readonly frames: number;
	/** Of the time that passed, the screen's part: 0…1. */
	readonly screenShare: number;
	/** While it played, a reading after each round of the streams. */
	readonly memory: readonly Memory[];
}

interface Memory {
	readonly heapMegabytes: number;
	readonly residentMegabytes: number;
}

main();

function main(): void {
	const args = process.argv.slice(2);
	const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
	const directories = args.filter((arg) => !arg.startsWith("--"));
	const streams = (directories.length > 0 ? directories : [join(root, "test/fixtures/claude-code")]).flatMap(
		load,
	);
	const look = loadLook(join(root, "patterns", "claude-code"));
	const cold = play(streams, look, WARMING_BYTES);
	const speed = play(streams, look, MEASURED_BYTES);
	const soak = args.includes("--soak") ? play(streams, look, SOAKED_BYTES) : undefined;
	const report = table(cold, speed, soak);
	console.log(report);
	if (args.includes("--write")) writeFileSync(join(root, "docs", "measured-turns.md"), report);
}

function load(directory: string): readonly Stream[] {
	const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
	return names
		.filter((name) => name.endsWith("session.cast"))
		.map((name) => {
			const { size, events } = readCast(join(directory, name));
			const bytes = events.reduce((sum, event) => sum + (event.kind === "output" ? event.data.length : 0), 0);
			return { ...size, events, bytes };
		});
}

function play(streams: readonly Stream[], look: Look, wantedBytes: number): Figures {
	let bytes = 0;
	let frames = 0;
	let screenMs = 0;
	const memory: Memory[] = [];
	const start = process.cpuUsage();
	const startedAt = performance.now();
	while (bytes < wantedBytes) {
		for (const stream of streams) {
			const told = playOne(stream, look);
			bytes += stream.bytes;
			frames += told.frames;
			screenMs += told.screenMs;
		}
		const { heapUsed, rss } = process.memoryUsage();
		memory.push({ heapMegabytes: heapUsed / 1e6, residentMegabytes: rss / 1e6 });
	}
	const used = process.cpuUsage(start);
	return {
		megabytes: bytes / 1e6,
		seconds: (used.user + used.system) / 1e6,
		frames,
		screenShare: screenMs / (performance.now() - startedAt),
		memory,
	};
}

function playOne({ cols, rows, events }: Stream, look: Look): { frames: number; screenMs: number } {
	const screen = new Screen({ cols, rows });
	const reader = new TurnReader({ look, startedAt: 0, givenPrompts: [], firstSeq: () => 1 });
	let frames = 0;
	let screenMs = 0;
	for (const event of events) {
		const before = performance.now();
		const settled = screen.feed(event);
		screenMs += performance.now() - before;
		for (const frame of settled) reader.feed(frame);
		frames += settled.length;
		if (event.kind === "input") reader.input(event.data, event.at);
	}
	reader.end(events.at(-1)?.at ?? 0, false);
	return { frames, screenMs };
}

/** The heap is at its least right after a collection: what is then in use is what is kept. */
function memoryRows({ memory, megabytes }: Figures): readonly (readonly string[])[] {
	const quarter = Math.max(1, Math.floor(memory.length / 4));
	const [first, last] = [memory.slice(0, quarter), memory.slice(-quarter)];
	const heap = (part: readonly Memory[]) => Math.min(...part.map(({ heapMegabytes }) => heapMegabytes));
	const resident = (part: readonly Memory[]) =>
		Math.max(...part.map(({ residentMegabytes }) => residentMegabytes));
	const over = `over ${megabytes.toFixed(0)} MB, first and last quarter`;
	return [
		[`heap in use, at least, ${over}`, `${heap(first).toFixed(0)} and ${heap(last).toFixed(0)} MB`, "flat"],
		[
			`resident, at most, ${over}`,
			`${resident(first).toFixed(0)} and ${resident(last).toFixed(0)} MB`,
			"flat",
		],
	];
}

function table(cold: Figures, speed: Figures, soak: Figures | undefined): string {
	const rate = ({ megabytes, seconds }: Figures) => `${(megabytes / seconds).toFixed(1)} MB/s`;
	const micros = (1e6 * speed.seconds) / speed.frames;
	const rows = [
		["from bytes to turns", rate(speed), `${WANTED_MB_PER_SECOND} MB/s`],
		...(soak === undefined ? [] : [[`the same, over ${soak.megabytes.toFixed(0)} MB`, rate(soak), ""]]),
		[`the same, over a process's first ${cold.megabytes.toFixed(0)} MB`, rate(cold), ""],
		["of the time, the screen", `${(100 * speed.screenShare).toFixed(0)} %`, ""],
		["a frame", `${micros.toFixed(0)} µs (${Math.round((1e6 * speed.megabytes) / speed.frames)} bytes)`, ""],
		...memoryRows(soak ?? speed),
	];
	return [
		"# From bytes to turns, measured",
		"",
		`Genuine recordings, one after the other; processor time on one core. Node ${process.version}, ${cpus()[0]?.model.trim() ?? ""}.`,
		"Measured once the just-in-time compiler has come to rest; its own time, and the garbage collector's, are in the figures.",
		"Made by `npm run bench:turns -- --soak --write`; `--soak` plays half a gigabyte. The recordings are held in memory, too.",
		"",
		"| | figure | bar |",
		"| --- | ---: | ---: |",
		...rows.map((row) => `| ${row.join(" | ")} |`),
		"",
	].join("\n");
}
