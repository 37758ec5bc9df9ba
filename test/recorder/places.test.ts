/** Where in the recording every turn, tool call and dialog is, told from genuine sessions. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { textOfRow } from "../../src/core/picture.ts";
import type { PermissionItem, ToolItem } from "../../src/core/turn.ts";
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
	const moment = reel.at(ms);
	return moment?.kind === "picture" ? moment.picture.rows.map(textOfRow).join("\n") : "";
}

type Placed = ToolItem | PermissionItem;

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
