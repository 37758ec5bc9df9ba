/**
 * `npm run test:leaks`: more than forty kinds of secrets on every way into a record, by small programs, by a shell and by
 * the genuine Claude Code; then every byte that ctrace wrote or printed is searched for them.
 *
 * Exit codes: 0 nothing found; 1 a leak, or a part could not be played; 2 wrong usage; 3 nothing found, but the genuine
 * client could not be had.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { InstallError, install, resolveVersion } from "../live/install.ts";
import { controlFindsLeak } from "./control.ts";
import { coreFiles, crashed, killed } from "./deaths.ts";
import { type Client, conversation, conversationKilled } from "./genuine.ts";
import { KINDS } from "./kinds.ts";
import { Needles } from "./needles.ts";
import { collectOutputs } from "./outputs.ts";
import { makePlace, ourFiles, recordersEnded } from "./place.ts";
import { Random } from "./random.ts";
import { collectRecordings } from "./recordings.ts";
import type { Scene } from "./scene.ts";
import { piped, shown, surroundings, typed } from "./scripted.ts";
import { findLeaks, type Source } from "./search.ts";

const EXIT = { clean: 0, leak: 1, usage: 2, unavailable: 3 } as const;
const LEAKS_SHOWN = 40;
/** Each kind is shown on twenty ways. */
const FEWEST_PLACEHOLDERS = 500;
const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
const seed = Number(process.env.CTRACE_SEED ?? Date.now() % 2 ** 31);
const [version = "2.1.197", ...parts] = process.argv.slice(2);

const STEPS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
	shown,
	piped,
	typed,
	surroundings,
	killed,
	crashed,
};

const LANES: readonly (readonly string[])[] = [
	["shown", "piped", "surroundings"],
	["typed"],
	["killed", "crashed"],
];

if (!existsSync(join(root, "dist", "recorder.js")) || parts.some((part) => STEPS[part] === undefined)) {
	console.error(
		`usage: npm run build && npm run test:leaks -- [VERSION|none] [${Object.keys(STEPS).join("|")}]…`,
	);
	process.exitCode = EXIT.usage;
} else process.exitCode = await main();

async function main(): Promise<number> {
	console.log(`seed ${seed} (CTRACE_SEED=${seed} tries the same again); ${KINDS.length} kinds of secrets`);
	const place = makePlace(root);
	const random = new Random(seed);
	const scene: Scene = { place, random, needles: new Needles(), count: { value: 0 } };
	try {
		const client = await findClient();
		await play(scene, client);
		const sources = await gather(scene);
		const isClean = searchAll(scene, sources);
		const isProven = wasRecorded(sources) && (await controlFindsLeak(root, scene));
		if (!isClean || !isProven) return EXIT.leak;
		return client === "unavailable" ? EXIT.unavailable : EXIT.clean;
	} finally {
		if (process.env.CTRACE_KEEP === undefined) place.remove();
		else console.log(`kept: ${place.root}`);
	}
}

async function findClient(): Promise<Client | "none" | "unavailable"> {
	if (version === "none") return "none";
	try {
		const cache = process.env.CTRACE_LIVE_CACHE ?? join(root, ".cache", "claude-code");
		return await install(await resolveVersion(version), cache);
	} catch (error) {
		if (!(error instanceof InstallError)) throw error;
		console.error(
			`${"!".repeat(70)}\nNOT PLAYED with Claude Code ${version}: ${error.message}\n${"!".repeat(70)}`,
		);
		return "unavailable";
	}
}

async function play(scene: Scene, client: Client | "none" | "unavailable"): Promise<void> {
	const isWanted = (name: string) => parts.length === 0 || parts.includes(name);
	// Side by side, for most of the time is waiting; each with numbers of its own, so that a seed tells the same of each.
	const lanes = LANES.map(async (lane) => {
		for (const name of lane.filter(isWanted))
			await timed(name, async () => STEPS[name]?.(withOwnNumbers(scene, name)));
	});
	await Promise.all(lanes);
	if (typeof client === "string") return;
	await timed(`conversation with Claude Code ${client.version}`, () => conversation(scene, client));
	await timed("conversation whose recorder is killed", () => conversationKilled(scene, client));
}

function withOwnNumbers(scene: Scene, name: string): Scene {
	return { ...scene, random: new Random(seed + Object.keys(STEPS).indexOf(name) + 1) };
}

async function timed(name: string, step: () => Promise<void>): Promise<void> {
	const startedAt = performance.now();
	await step();
	console.log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

async function gather(scene: Scene): Promise<Source[]> {
	await recordersEnded(scene.place);
	const { outputs, sessions } = await collectOutputs(scene.place);
	const files = ourFiles(scene.place).map(({ path, bytes }) => ({
		name: path.slice(scene.place.root.length + 1),
		bytes,
	}));
	const { sources, pictures } = collectRecordings(scene.place);
	console.log(
		`${sessions} sessions, ${files.length} files, ${outputs.length} outputs, ${pictures} pictures of the screen`,
	);
	return [...files, ...outputs, ...sources];
}

/** Nothing can leak from nothing: the records must be there, full of placeholders. */
function wasRecorded(sources: readonly Source[]): boolean {
	const shown = sources.filter(({ name }) => name.startsWith("ctrace sessions show"));
	const placeholders = shown.reduce(
		(sum, { bytes }) => sum + Buffer.from(bytes).toString("utf8").split("[[").length - 1,
		0,
	);
	console.log(`${placeholders} placeholders in the records`);
	const isScreenKept = sources.some(({ name }) => name.startsWith("recording "));
	if ((placeholders < FEWEST_PLACEHOLDERS || !isScreenKept) && parts.length === 0) {
		console.error("too little was recorded: this run proves nothing");
		return false;
	}
	return true;
}

function searchAll(scene: Scene, sources: readonly Source[]): boolean {
	const { secrets, runs } = scene.needles.size;
	const megabytes = sources.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
	console.log(`${secrets} secrets, ${runs} runs of them, searched in ${megabytes.toFixed(1)} MB`);
	const leaks = findLeaks(scene.needles, sources);
	for (const { label, form, where, count, around } of leaks.slice(0, LEAKS_SHOWN))
		console.error(`LEAK  ${label}, ${form}, ${count} times in ${where}: ${JSON.stringify(around)}`);
	const dumps = coreFiles(scene);
	for (const path of dumps) console.error(`LEAK  a process left its memory in ${path}`);
	console.log(leaks.length + dumps.length === 0 ? "No leak." : `${leaks.length + dumps.length} leaks.`);
	return leaks.length + dumps.length === 0;
}
