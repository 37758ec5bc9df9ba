/**
 * From bytes to stored turns, masked, on one core: the recorder's own composition over genuine streams. They come as fast as
 * they are taken: a recorder that has so much to do lags behind, so that it saves by the clock. Each picture is read that was
 * painted, at the time it was, and each stream is a session of its own.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { openStages, type Stages } from "../../../src/recorder/open-session.ts";
import type { CastRecording } from "../../live/cast.ts";
import { playCast } from "../../support/play-cast.ts";
import { atLeast, type Bench, type Part, type Report, rounds, table } from "./bench.ts";
import { spread } from "./statistics.ts";
import { fixtures } from "./streams.ts";

/** Until the just-in-time compiler has come to rest. */
const WARMING_MB = 30;
const MEASURED_MB = 30;
/** So many parts of it are looked at one by one. */
const SAMPLES = 6;
const LIMIT_MS = 60_000;

export const recorderPart: Part = { name: "recorder", title: "From bytes to stored turns", run };

async function run(bench: Bench): Promise<Report> {
	const casts = fixtures(bench.root);
	const kinds = [
		{ name: "turns and the masked recording", pictures: true },
		{ name: "turns alone (`RECORD=off`)", pictures: false },
	].map((kind) => ({ ...kind, stages: open(bench, String(kind.pictures)), rates: [] as number[], cold: 0 }));
	for (const kind of kinds) kind.cold = rateOf(casts, kind, WARMING_MB * bench.effort);
	for (const _ of rounds(SAMPLES, LIMIT_MS))
		for (const kind of kinds) kind.rates.push(rateOf(casts, kind, (MEASURED_MB * bench.effort) / SAMPLES));
	for (const { stages } of kinds) stages.store.close();
	const best = kinds[0]?.rates ?? [];
	return {
		bars: [atLeast("recorder, from bytes to stored turns", middle(best), 10, " MB/s")],
		lines: table(
			["MB of output a second of processor time", "warm", `a process's first ${WARMING_MB} MB`],
			kinds.map(({ name, rates, cold }) => [name, spread(rates, 1), cold.toFixed(1)]),
		),
	};
}

function middle(list: readonly number[]): number {
	return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

interface Kind {
	readonly stages: Stages;
	readonly pictures: boolean;
}

/** Megabytes a second of processor time. */
function rateOf(casts: readonly CastRecording[], kind: Kind, megabytes: number): number {
	const before = process.cpuUsage();
	let bytes = 0;
	while (bytes < megabytes * 1e6) for (const cast of casts) bytes += play(cast, kind);
	const used = process.cpuUsage(before);
	return bytes / (used.user + used.system);
}

/** Bytes of output that went through. */
function play(cast: CastRecording, { stages, pictures }: Kind): number {
	playCast(cast, stages, { pictures, now: () => performance.now() });
	return cast.events.reduce((sum, event) => sum + (event.kind === "output" ? event.data.length : 0), 0);
}

function open({ place, root }: Bench, name: string): Stages {
	return openStages({
		paths: {
			privacy: join(place, "privacy.yml"),
			state: place,
			database: join(place, `recorder-${name}.db`),
		},
		patterns: join(root, "patterns"),
		env: {},
		clock: { now: () => Date.now() },
		randomBytes,
		privacyMode: undefined,
		projectDir: place,
	});
}
