/** The recorded cases under test/fixtures/claude-code: found by walking, read as the recorder would read them. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Look } from "../../src/core/look.ts";
import type { Item, Turn } from "../../src/core/turn.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { type CastRecording, readCast } from "../live/cast.ts";
import { metaSchema, type RecordingMeta, readMeta } from "../live/evidence.ts";
import { turnsOf } from "../live/replay.ts";

const ROOT = process.env.CTRACE_REPOSITORY ?? join(import.meta.dirname, "../..");
export const FIXTURES = join(ROOT, "test/fixtures/claude-code");

export interface Fixture {
	/** Version, with `-classic` where its newer renderer was switched off. */
	readonly look: string;
	readonly name: string;
	readonly folder: string;
}

export function listFixtures(root: string = FIXTURES): readonly Fixture[] {
	return foldersIn(root).flatMap((look) =>
		foldersIn(join(root, look)).map((name) => ({ look, name, folder: join(root, look, name) })),
	);
}

function foldersIn(directory: string): string[] {
	if (!existsSync(directory)) return [];
	return readdirSync(directory)
		.filter((name) => statSync(join(directory, name)).isDirectory())
		.sort();
}

export function testLook(): Look {
	return loadLook(join(ROOT, "patterns/claude-code"));
}

export function fixtureMeta(fixture: Fixture): RecordingMeta {
	return readMeta(fixture.folder) ?? metaSchema.parse(undefined);
}

export function fixtureRecording(fixture: Fixture): CastRecording {
	return readCast(join(fixture.folder, "session.cast"));
}

/** The turns as the stages read them from the fixture's bytes; `recording` may be another telling of the same. */
export function readTurns(
	fixture: Fixture,
	look: Look,
	recording = fixtureRecording(fixture),
): readonly Turn[] {
	return turnsOf({ ...fixtureMeta(fixture), recording, look });
}

/** What a turn says, without when, how long and how sure. */
export interface PlainTurn {
	readonly prompt: Turn["prompt"];
	readonly status: Turn["status"];
	readonly items: readonly Readonly<Record<string, unknown>>[];
}

export function plainTurns(turns: readonly Turn[]): readonly PlainTurn[] {
	return turns.map(({ prompt, status, items }) => ({ prompt, status, items: items.map(plainItem) }));
}

function plainItem(item: Item): Readonly<Record<string, unknown>> {
	const left = new Set(["source", "confidence", "durationMs", "decisionMs", "recording"]);
	return Object.fromEntries(
		Object.entries(item).filter(([key, value]) => !left.has(key) && value !== undefined),
	);
}

export function expectedTurns(fixture: Fixture): readonly PlainTurn[] {
	return JSON.parse(readFileSync(join(fixture.folder, "turns.json"), "utf8"));
}
