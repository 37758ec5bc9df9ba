/**
 * `npm run bench:recorder [-- DIR…] [--rounds N]`: what the recording of the screen costs. Every `session.cast` below the
 * directories (default: the fixtures, genuine runs) goes through the recorder's own composition into a store of its own, at
 * its own pace without the waiting: with and without the recording by turns, so that whatever else the machine does meets
 * both. Of each the least processor time of all rounds counts. The size is that of the chunks as they are stored, scaled from
 * the time that the runs took to an hour.
 */
import { randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { openStages, type Stages } from "../../src/recorder/open-session.ts";
import { type CastRecording, readCast } from "../live/cast.ts";
import { playCast } from "../support/play-cast.ts";
import { removeFolder } from "../support/remove-folder.ts";

const ROUNDS = 8;
/** The bars: more processor time than without, and bytes an hour. */
const MOST_MORE = 0.15;
const MOST_MB_AN_HOUR = 5;

main();

function main(): void {
	const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
	const args = process.argv.slice(2);
	const at = args.indexOf("--rounds");
	const rounds = at === -1 ? ROUNDS : Number(args[at + 1]);
	const directories = args.filter((arg, index) => !arg.startsWith("--") && index !== at + 1);
	const casts = (directories.length > 0 ? directories : [join(root, "test/fixtures/claude-code")]).flatMap(
		load,
	);
	const home = mkdtempSync(join(tmpdir(), "ctrace-bench-"));
	const [without, plain] = [open(home, "without", root), open(home, "with", root)];
	const least = casts.map(() => ({ off: Number.POSITIVE_INFINITY, on: Number.POSITIVE_INFINITY }));
	let bytes = 0;
	for (let round = 0; round < rounds; round += 1) {
		for (const [index, cast] of casts.entries()) {
			const one = least[index] ?? { off: 0, on: 0 };
			one.off = Math.min(one.off, play(cast, without, false));
			one.on = Math.min(one.on, play(cast, plain, true));
		}
		if (round === 0) bytes = plain.store.recordings.bytes();
	}
	without.store.close();
	plain.store.close();
	const { CTRACE_BENCH_KEEP: kept } = process.env;
	if (kept !== undefined) copyFileSync(join(home, "with.db"), kept);
	removeFolder(home);
	const off = least.reduce((sum, one) => sum + one.off, 0);
	const on = least.reduce((sum, one) => sum + one.on, 0);
	const seconds = casts.reduce((sum, { events }) => sum + (events.at(-1)?.at ?? 0), 0) / 1000;
	const anHour = ((bytes / seconds) * 3600) / 1e6;
	console.log(
		[
			`${casts.length} recordings of ${Math.round(seconds)} s; ${rounds} rounds; Node ${process.version}, ${cpus()[0]?.model.trim() ?? ""}`,
			`without ${off.toFixed(0)} ms, with ${on.toFixed(0)} ms: ${(100 * (on / off - 1)).toFixed(1)} % more (at most ${100 * MOST_MORE} %)`,
			`${bytes} bytes: ${anHour.toFixed(2)} MB an hour (at most ${MOST_MB_AN_HOUR})`,
		].join("\n"),
	);
	process.exitCode = on / off - 1 <= MOST_MORE && anHour <= MOST_MB_AN_HOUR ? 0 : 1;
}

function load(directory: string): CastRecording[] {
	return readdirSync(directory, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith("session.cast"))
		.map((name) => readCast(join(directory, name)));
}

function open(home: string, name: string, root: string): Stages {
	return openStages({
		paths: { privacy: join(home, "privacy.yml"), state: home, database: join(home, `${name}.db`) },
		patterns: join(root, "patterns"),
		env: {},
		clock: { now: () => Date.now() },
		randomBytes,
		privacyMode: undefined,
		projectDir: home,
	});
}

/** Milliseconds of processor time. */
function play(cast: CastRecording, stages: Stages, pictures: boolean): number {
	const before = process.cpuUsage();
	playCast(cast, stages, { pictures });
	const used = process.cpuUsage(before);
	return (used.user + used.system) / 1000;
}
