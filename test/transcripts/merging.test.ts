import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Turn } from "../../src/core/turn.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import { exportV1 } from "../../src/store/export-v1.ts";
import { MergedTurns } from "../../src/transcripts/merge/merged-turns.ts";
import { readCast } from "../live/cast.ts";
import { exportSchema } from "../live/exported.ts";
import { truthTurns } from "../live/truth.ts";
import { missingFromWhole } from "../live/whole.ts";
import { makeSession } from "../support/stored-session.ts";
import { agentsOf, jsonlFiles, PATTERNS, readTurns, transcriptFixtures } from "../support/transcripts.ts";

const FIXTURES = transcriptFixtures().filter(({ folder }) => existsSync(join(folder, "session.cast")));
const look = loadLook(join(PATTERNS, "claude-code"));

interface Meta {
	readonly command: readonly string[];
	readonly cwd: string;
	readonly startedAt: string;
}

/** The bytes of the terminal and the lines of the transcript, through the stages of a recorder. */
function merge(folder: string): Turn[] {
	const meta = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8")) as Meta;
	const { size, events } = readCast(join(folder, "session.cast"));
	const startedAt = Date.parse(meta.startedAt);
	const start = { ...meta, startedAt, ...size, attachment: "pty", wrapperPid: 0, transcripts: true } as const;
	const source = createTurnSource(start, look);
	const merged = new MergedTurns();
	const take = (changes: ReturnType<typeof source.feed>) => {
		for (const change of changes) {
			if (change.kind === "turn") merged.show(change.turn);
			if (change.kind === "withdrawn") merged.withdraw(change.seq);
		}
	};
	for (const event of events) take(source.feed(event));
	take(source.end(events.at(-1)?.at ?? 0, false));
	const turns = mainFiles(folder).flatMap((file) =>
		readTurns(readFileSync(file), { findAgent: agentsOf(folder) }),
	);
	merged.write(turns.filter(({ turn }) => turn.startedAt >= startedAt - 2000));
	return merged.finish().map(({ turn }) => turn);
}

function mainFiles(folder: string): string[] {
	return jsonlFiles(folder).filter((file) => !basename(file).startsWith("agent-"));
}

describe("a genuine session with its genuine transcript", () => {
	it.each(FIXTURES.map((fixture) => [`${fixture.version} ${fixture.name}`, fixture.folder] as const))(
		"%s has all that was written down, word for word, and what only the terminal saw",
		(_, folder) => {
			const turns = merge(folder);
			const truth = truthTurns(
				mainFiles(folder)
					.map((file) => readFileSync(file, "utf8"))
					.join(""),
			);
			const exported = exportSchema.parse(
				JSON.parse(JSON.stringify(exportV1(makeSession("id"), turns, { home: "/home/ada" }))),
			);
			expect(missingFromWhole(truth, exported)).toEqual([]);
			expect(turns.filter(({ source }) => source === "transcript")).toEqual([]);
			for (const turn of turns.filter(({ source }) => source === "both"))
				expect(turn.fidelity).toBeGreaterThan(0.9);
		},
	);

	it("keeps the decisions that were taken at the terminal", () => {
		const { folder = "" } = FIXTURES.find(({ name }) => name === "permissions") ?? {};
		const decisions = merge(folder).flatMap(({ items }) => items.filter(({ kind }) => kind === "permission"));
		expect(decisions).toHaveLength(3);
	});
});
