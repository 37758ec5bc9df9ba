/** Makes a fixture of a recording: what is needed to read and to judge it, and nothing that a stranger may not see. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { distilTruth, readMeta, readTruth } from "../live/evidence.ts";
import { FIXTURES, type Fixture } from "../support/fixtures.ts";

/** Facts of `meta.json` that a reader of the case wants to know; times and machines are not among them. */
const KEPT = [
	"scenario",
	"look",
	"version",
	"renderer",
	"cols",
	"rows",
	"command",
	"cwd",
	"submitted",
	"decisions",
	"interrupted",
	"imperfections",
];

/** `recording` is DIR/LOOK/CASE. An adopted case that is there already keeps its known imperfections. */
export function adopt(recording: string): Fixture {
	const meta = readMeta(recording);
	if (meta === undefined) throw new Error(`${recording} was not recorded to its end`);
	if (meta.problems.length > 0) throw new Error(`${recording} is no good: ${meta.problems.join("; ")}`);
	const name = basename(recording);
	const look = basename(dirname(recording));
	const folder = join(FIXTURES, look, name);
	const known = readMeta(folder)?.imperfections ?? meta.imperfections;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const facts = Object.entries({ ...meta, imperfections: known }).filter(([key]) => KEPT.includes(key));
	const clean = (text: string) => text.replaceAll(dirname(meta.cwd), homeLike(dirname(meta.cwd)));
	const write = (file: string, text: string) => writeFileSync(join(folder, file), clean(text));
	write("meta.json", toJson(Object.fromEntries(facts)));
	write("truth.json", toJson(distilTruth(readTruth(recording))));
	write("session.cast", withoutTraces(readFileSync(join(recording, "session.cast"), "utf8")));
	return { look, name, folder };
}

/**
 * 1.0 shows the end of the API key in its welcome. It is an invented one, but nothing like a key belongs into a
 * repository; the day of the recording is nobody's business either.
 */
function withoutTraces(cast: string): string {
	return cast
		.replace(/(sk-ant-…)([\w-]{4,})/gu, (_, start: string, rest: string) => start + "*".repeat(rest.length))
		.replace(/"timestamp":\d+,?/u, "");
}

/** The home that all fixtures share, where its name is as long as the one recorded: rows keep their width. */
function homeLike(home: string): string {
	return home.length === SHARED_HOME.length ? SHARED_HOME : home;
}

const SHARED_HOME = "/home/ada";

function toJson(value: unknown): string {
	return `${JSON.stringify(value, undefined, "\t")}\n`;
}
