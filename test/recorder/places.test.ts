/** Where in the recording every turn, tool call and dialog is, told from genuine sessions. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { textOfRow } from "../../src/core/picture.ts";
import type { Moment } from "../../src/core/recording.ts";
import type { PermissionItem, RecordingPlace, ToolItem } from "../../src/core/turn.ts";
import { openStages, type Stages } from "../../src/recorder/open-session.ts";
import { Reel } from "../../src/replay/reel.ts";
import { readCast } from "../live/cast.ts";
import { playCast } from "../support/play-cast.ts";

let home: string;
let stages: Stages;

beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), "ctrace-places-"));
	stages = openStages({
		paths: { privacy: join(home, "privacy.yml"), state: home, database: join(home, "ctrace.db") },
		patterns: join(process.cwd(), "patterns"),
		env: {},
		clock: { now: () => 0 },
		randomBytes,
		privacyMode: undefined,
		projectDir: home,
	});
});

afterEach(() => {
	stages.store.close();
	rmSync(home, { recursive: true, force: true });
});

/** As the recorder does it, without the waiting. */
function record(fixture: string) {
	const id = stages.ids();
	const cast = readCast(join("test/fixtures/claude-code", fixture, "session.cast"));
	const end = playCast(cast, stages, { pictures: true, id });
	const { recordings } = stages.store;
	const reel = new Reel({ places: recordings.places(id), read: (seq) => recordings.read(id, seq) });
	return { turns: stages.store.readSession(id).turns, end, reel };
}

function textAt(reel: Reel, ms: number): string {
	return textOf(reel.at(ms));
}

function textOf(moment: Moment | undefined): string {
	return moment?.kind === "picture" ? moment.picture.rows.map(textOfRow).join("\n") : "";
}

/** What is to be seen from the beginning of a place to its end. */
function textsIn(reel: Reel, { fromMs, toMs = fromMs }: RecordingPlace): string[] {
	const later = [...reel.moments()].filter(({ at }) => at > fromMs && at <= toMs);
	return [textAt(reel, fromMs), ...later.map(textOf)];
}

/** Letters and figures: frames and blanks between them are the window's. */
function bare(text: string): string {
	return text.replace(/[^\p{L}\p{N}]+/gu, "");
}

/** So much of a word is shown from the first; the end of a row is held back for two seconds. */
const SHOWN = 4;

function beginningOf(text: string): string {
	const words = (text.split("\n")[0] ?? "").trim().split(/\s+/u);
	return bare(
		words.length > 1 ? words.slice(0, Math.min(SHOWN, words.length - 1)).join("") : text.slice(0, SHOWN),
	);
}

/** Claude Code calls some tools otherwise, and versions of late show only what they were called with. */
const ON_SCREEN: Readonly<Record<string, string>> = { Edit: "Update", Grep: "Search", Task: "Agent" };

function showsCall(text: string, { name, input }: ToolItem): boolean {
	const given = typeof input === "string" ? input.split("\n")[0] : "";
	const words = [name, ON_SCREEN[name] ?? "", given ?? ""].map((word) => bare(word.slice(0, SHOWN)));
	return words.some((word) => word !== "" && bare(text).includes(word));
}

type Placed = ToolItem | PermissionItem;
const NOWHERE: RecordingPlace = { fromMs: Number.NaN };

describe("in a genuine session", () => {
	test.each([
		"2.1.197/permissions",
		"2.1.197/allowed-for-good",
		"2.1.49/first-session",
		"2.0.76/interrupts",
		"2.1.197/failing-tools",
	])("every turn, tool call and dialog has its place in the recording: %s", (fixture) => {
		const { turns, end, reel } = record(fixture);
		const items = turns.flatMap((turn) =>
			turn.items.filter((item): item is Placed => item.kind === "tool" || item.kind === "permission"),
		);
		expect(turns.length).toBeGreaterThan(0);
		expect(items.length).toBeGreaterThan(0);
		for (const { recording } of [...turns, ...items]) {
			const { fromMs = Number.NaN, toMs = Number.NaN } = recording ?? {};
			expect(fromMs).toBeGreaterThanOrEqual(0);
			expect(toMs).toBeGreaterThanOrEqual(fromMs);
			expect(toMs).toBeLessThanOrEqual(Math.ceil(end));
			expect(textAt(reel, fromMs)).not.toBe("");
		}
		for (const turn of turns)
			for (const item of turn.items)
				if (item.kind === "tool" || item.kind === "permission")
					expect(item.recording?.fromMs).toBeGreaterThanOrEqual(turn.recording?.fromMs ?? 0);
	});
});

/** Where somebody is asked, stops it, or several tools are at work. */
const ASKING =
	/\/(?:permissions|allowed-for-good|interrupts|first-session|parallel-tools|files-and-refusals|plan-mode|refused-with-words)$/u;

function askingFixtures(): string[] {
	const root = "test/fixtures/claude-code";
	return readdirSync(root)
		.flatMap((version) => readdirSync(join(root, version)).map((name) => `${version}/${name}`))
		.filter((name) => ASKING.test(name));
}

describe("at its place in the recording of a genuine session", () => {
	test.each(askingFixtures())(
		"%s: a dialog is shown throughout, a call and a prompt from their first moment",
		(fixture) => {
			const { turns, reel } = record(fixture);
			for (const { recording: own = NOWHERE, prompt, items } of turns) {
				expect(bare(textAt(reel, own.fromMs))).toContain(beginningOf(prompt.text));
				for (const item of items)
					if (item.kind === "permission" || item.kind === "tool") expectShown(reel, item, own);
			}
		},
	);
});

function expectShown(reel: Reel, item: Placed, turn: RecordingPlace): void {
	const { recording: place = NOWHERE } = item;
	expect(place.fromMs).toBeGreaterThanOrEqual(turn.fromMs);
	expect(place.toMs ?? place.fromMs).toBeLessThanOrEqual(turn.toMs ?? Number.POSITIVE_INFINITY);
	if (item.kind === "tool")
		expect(showsCall(textAt(reel, place.fromMs), item), `${item.name} at ${place.fromMs}`).toBe(true);
	else for (const text of textsIn(reel, place)) expect(bare(text)).toContain(beginningOf(item.question));
}
