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

/** Long enough for the just-in-time compiler and for a steady figure. */
const MEASURED_BYTES = 24_000_000;
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
	readonly peakMegabytes: number;
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
	play(streams, look, MEASURED_BYTES / 4); // warm
	const speed = play(streams, look, MEASURED_BYTES);
	const soak = args.includes("--soak") ? play(streams, look, SOAKED_BYTES) : undefined;
	const report = table(speed, soak);
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
	let peak = 0;
	const start = process.cpuUsage();
	const startedAt = performance.now();
	while (bytes < wantedBytes) {
		for (const stream of streams) {
			const told = playOne(stream, look);
			bytes += stream.bytes;
			frames += told.frames;
			screenMs += told.screenMs;
		}
		peak = Math.max(peak, process.memoryUsage.rss());
	}
	const used = process.cpuUsage(start);
	return {
		megabytes: bytes / 1e6,
		seconds: (used.user + used.system) / 1e6,
		frames,
		screenShare: screenMs / (performance.now() - startedAt),
		peakMegabytes: peak / 1e6,
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

function table(speed: Figures, soak: Figures | undefined): string {
	const rate = speed.megabytes / speed.seconds;
	const micros = (1e6 * speed.seconds) / speed.frames;
	const rows = [
		["from bytes to turns", `${rate.toFixed(1)} MB/s`, `${WANTED_MB_PER_SECOND} MB/s`],
		["of that, the screen", `${(100 * speed.screenShare).toFixed(0)} %`, ""],
		["a frame", `${micros.toFixed(0)} µs (${Math.round((1e6 * speed.megabytes) / speed.frames)} bytes)`, ""],
		[
			"memory, at most",
			`${(soak ?? speed).peakMegabytes.toFixed(0)} MB over ${(soak ?? speed).megabytes.toFixed(0)} MB`,
			"flat",
		],
	];
	return [
		"# From bytes to turns, measured",
		"",
		`Genuine recordings, one after the other; processor time on one core. Node ${process.version}, ${cpus()[0]?.model.trim() ?? ""}.`,
		"Made by `npm run bench:turns -- --write`; `--soak` plays half a gigabyte.",
		"",
		"| | figure | bar |",
		"| --- | ---: | ---: |",
		...rows.map((row) => `| ${row.join(" | ")} |`),
		"",
	].join("\n");
}
