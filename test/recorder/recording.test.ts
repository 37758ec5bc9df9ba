import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { textOfRow } from "../../src/core/picture.ts";
import { openSession, openStages, type Stages } from "../../src/recorder/open-session.ts";
import { Pausing } from "../../src/recorder/pausing.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import { unpack } from "../../src/replay/pack.ts";
import { Reel } from "../../src/replay/reel.ts";
import { madeUpSecrets } from "../support/secrets.ts";

const KNOWN = "correct horse battery staple";
const STARTED_AT = Date.UTC(2026, 0, 2);
const CHORD = new TextEncoder().encode("\u001dp");

let home: string;
let stages: Stages;

beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), "ctrace-recording-"));
	stages = openStages({
		paths: { privacy: join(home, "privacy.yml"), state: home, database: join(home, "ctrace.db") },
		patterns: join(process.cwd(), "patterns"),
		env: { MY_PASSWORD: KNOWN },
		clock: { now: () => STARTED_AT },
		randomBytes,
		privacyMode: undefined,
		projectDir: home,
	});
});

afterEach(() => {
	stages.store.close();
	rmSync(home, { recursive: true, force: true });
});

/** A shell's session, fed by hand: time passes with `wait`. */
function begin({ command = "bash", keys = new Uint8Array() } = {}) {
	const id = stages.ids();
	const start = {
		command: [command],
		cwd: "/",
		startedAt: STARTED_AT,
		cols: 70,
		rows: 12,
		attachment: "pty" as const,
		wrapperPid: 1,
		childPid: 2,
		transcripts: false,
	};
	const told: boolean[] = [];
	const session = openSession(stages, {
		id,
		start,
		source: createTurnSource(start, stages.look, { pictures: true }),
		recorder: { pid: process.pid },
		facts: {},
		isScreenKept: true,
		pausing: new Pausing({ store: stages.store, sessionId: id, startedAt: STARTED_AT, keys }),
		onPause: (isPaused) => told.push(isPaused),
	});
	let at = 0;
	const feed = (event: { kind: "output" | "input"; text: string } | { kind: "gap" }) => {
		const whole: TerminalEvent =
			event.kind === "gap"
				? { kind: "gap", at, reason: "slow", lostBytes: 5 }
				: { kind: event.kind, at, data: Buffer.from(event.text) };
		session.feed(whole);
	};
	const wait = (ms: number) => {
		for (const end = at + ms; at < end; ) {
			at += 250;
			session.tick(at);
		}
	};
	return {
		id,
		told,
		wait,
		gap: () => feed({ kind: "gap" }),
		show: (text: string) => {
			feed({ kind: "output", text });
			wait(500);
		},
		type: (text: string) => feed({ kind: "input", text }),
		close: (status: "complete" | "lost" = "complete") => session.close(at, status),
	};
}

function reel(id: string): Reel {
	const { recordings } = stages.store;
	return new Reel({ places: recordings.places(id), read: (seq) => recordings.read(id, seq) });
}

/** What each moment shows. */
function shown(id: string): string[] {
	return [...reel(id).moments()].map((moment) =>
		moment.kind === "gap" ? `<${moment.reason}>` : moment.picture.rows.map(textOfRow).join("\n").trimEnd(),
	);
}

/** Every byte that lies on the disk, and what the recording's chunks unpack to. */
function everyByte(): string {
	const files = readdirSync(home).map((name) => readFileSync(join(home, name)).toString("latin1"));
	const { store } = stages;
	const unpacked = store
		.listSessions()
		.flatMap(({ session }) =>
			store.recordings
				.places(session.id)
				.map(({ seq }) => Buffer.from(unpack(store.recordings.read(session.id, seq))).toString("latin1")),
		);
	return [...files, ...unpacked, ...store.listSessions().flatMap(({ session }) => shown(session.id))].join(
		"\n",
	);
}

describe("what a session's screen looked like", () => {
	test("is stored with it, and goes with it", () => {
		const session = begin();
		session.show("one\r\n");
		session.show("two\r\n");
		session.close();
		expect(shown(session.id).at(-1)).toBe("one\ntwo");
		expect(stages.store.recordings.bytes(session.id)).toBeGreaterThan(0);
		stages.store.deleteSession(session.id);
		expect(stages.store.recordings.bytes()).toBe(0);
	});

	test("is there up to a sudden end of the recorder, but for the last four seconds", () => {
		const session = begin();
		for (let line = 0; line < 30; line += 1) session.show(`line ${line}\r\n`);
		expect(shown(session.id).at(-1)).toContain("line 21");
	});

	test("is kept for a while, apart from the turns", () => {
		const session = begin();
		session.show("something\r\n");
		session.close();
		expect(stages.store.recordings.removeOlderThan(STARTED_AT)).toBe(0);
		expect(stages.store.recordings.removeOlderThan(STARTED_AT + 60_000)).toBe(1);
		expect(stages.store.recordings.places(session.id)).toEqual([]);
		expect(stages.store.readSession(session.id).turns).toHaveLength(1);
	});

	test("has a gap where output was missed", () => {
		const session = begin();
		session.show("before\r\n");
		session.gap();
		session.show("after\r\n");
		session.close();
		expect(shown(session.id)).toContain("<missed>");
	});

	test("holds no secret in any byte, however it came on the screen", () => {
		const size = fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 3, maxLength: 8 });
		fc.assert(
			fc.property(size, fc.integer(), fc.boolean(), (sizes, seed, isLost) => {
				const secrets = Object.values(madeUpSecrets(seed));
				const session = begin();
				for (const secret of [...secrets, KNOWN]) {
					let at = 0;
					for (let i = 0; at < secret.length; i += 1) {
						const part = secret.slice(at, at + (sizes[i % sizes.length] ?? 1));
						session.show(part);
						at += part.length;
					}
					session.show(" done\r\n\r\n");
				}
				session.close(isLost ? "lost" : "complete");
				const bytes = everyByte();
				for (const secret of secrets)
					expect(partsOf(secret).filter((part) => bytes.includes(part))).toEqual([]);
				expect(bytes.includes(KNOWN.slice(0, 9))).toBe(false);
			}),
			{ numRuns: 8 },
		);
	}, 60_000);
});

/** Of its variable part, every eight characters in a row. */
function partsOf(secret: string): string[] {
	const from = secret.startsWith("sk-") ? 13 : 4;
	return Array.from({ length: secret.length - from - 8 }, (_, at) => secret.slice(from + at, from + at + 8));
}

describe("a pause", () => {
	test("from another terminal leaves out what is shown meanwhile, and what of it still stands there", () => {
		const session = begin();
		session.show("before\r\n");
		stages.store.recordings.pause(session.id, STARTED_AT);
		session.wait(500);
		session.show("hidden words\r\n");
		stages.store.recordings.resume(session.id);
		session.wait(500);
		session.show("afterwards\r\n");
		session.close();
		expect(session.told).toEqual([true, false]);
		expect(shown(session.id).join("|")).not.toContain("hidden");
		expect(shown(session.id)).toContain("<paused>");
		expect(shown(session.id).at(-1)).toBe("before\n\nafterwards");
		const { session: stored, turns } = stages.store.readSession(session.id);
		expect(stored.gaps.map(({ reason }) => reason)).toEqual(["paused"]);
		const said = JSON.stringify(turns);
		expect(said).toContain("before");
		expect(said).toContain("afterwards");
		expect(said).not.toContain("hidden");
		expect(everyByte()).not.toContain("hidden words");
	});

	test("that lasts to the end leaves the session closed, and nothing of what came", () => {
		const session = begin();
		session.show("before\r\n");
		stages.store.recordings.pause(session.id, STARTED_AT);
		session.wait(500);
		session.show("hidden words\r\n");
		session.close();
		expect(stages.store.readHead(session.id).status).toBe("complete");
		expect(everyByte()).not.toContain("hidden words");
	});

	test("begins and ends with the keys for it, in whatever pieces they come, and with none where none are chosen", () => {
		const session = begin({ keys: CHORD });
		session.show("before\r\n");
		session.type("x\u001d");
		session.type("p");
		session.show("hidden words\r\n");
		session.type("\u001dp");
		session.show("afterwards\r\n");
		session.close();
		expect(session.told).toEqual([true, false]);
		expect(everyByte()).not.toContain("hidden words");
		const other = begin();
		other.type("\u001dp");
		other.show("seen\r\n");
		other.close();
		expect(other.told).toEqual([]);
	});
});
