/** A shell's session, fed by hand into the recorder's own stages, and everything that lies on the disk of it. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerminalEvent } from "../../src/core/event.ts";
import { textOfRow } from "../../src/core/picture.ts";
import { openSession, openStages, type Stages } from "../../src/recorder/open-session.ts";
import { Pausing } from "../../src/recorder/pausing.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import { unpack } from "../../src/replay/pack.ts";
import { Reel } from "../../src/replay/reel.ts";
import { removeFolder } from "./remove-folder.ts";

export const STARTED_AT = Date.UTC(2026, 0, 2);

/** The beginning of a program's session on a small terminal. */
export function shellStart(command: string) {
	return {
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
}

export class RecordedShell {
	readonly home = mkdtempSync(join(tmpdir(), "ctrace-recording-"));
	readonly stages: Stages;

	/** `known` is a value of the environment that is a secret. */
	constructor(known: string) {
		const { home } = this;
		this.stages = openStages({
			paths: { privacy: join(home, "privacy.yml"), state: home, database: join(home, "ctrace.db") },
			patterns: join(process.cwd(), "patterns"),
			env: { MY_PASSWORD: known },
			clock: { now: () => STARTED_AT },
			randomBytes,
			privacyMode: undefined,
			projectDir: home,
		});
	}

	[Symbol.dispose](): void {
		this.stages.store.close();
		removeFolder(this.home);
	}

	/** A shell's session, fed by hand: time passes with `wait`. */
	begin({ command = "bash", keys = new Uint8Array() } = {}) {
		const { stages } = this;
		const id = stages.ids();
		const start = shellStart(command);
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
			print: (text: string) => feed({ kind: "output", text }),
			type: (text: string) => feed({ kind: "input", text }),
			close: (status: "complete" | "lost" = "complete") => session.close(at, status),
		};
	}

	reel(id: string): Reel {
		const { recordings } = this.stages.store;
		return new Reel({ places: recordings.places(id), read: (seq) => recordings.read(id, seq) });
	}

	/** What each moment shows. */
	shown(id: string): string[] {
		return [...this.reel(id).moments()].map((moment) =>
			moment.kind === "gap" ? `<${moment.reason}>` : moment.picture.rows.map(textOfRow).join("\n").trimEnd(),
		);
	}

	/** Every byte that lies on the disk, free pages and write-ahead log included. */
	rawBytes(): string {
		return readdirSync(this.home)
			.map((name) => readFileSync(join(this.home, name)).toString("latin1"))
			.join("\n");
	}

	/** The same, and what the recording's chunks unpack to, and what they show. */
	everyByte(): string {
		const { store } = this.stages;
		const ids = store.listSessions().map(({ session }) => session.id);
		const unpacked = ids.flatMap((id) =>
			store.recordings
				.places(id)
				.map(({ seq }) => Buffer.from(unpack(store.recordings.read(id, seq))).toString("latin1")),
		);
		return [this.rawBytes(), ...unpacked, ...ids.flatMap((id) => this.shown(id))].join("\n");
	}
}

/** Of its variable part, every eight characters in a row. */
export function partsOf(secret: string): string[] {
	const from = secret.startsWith("sk-") ? 13 : 4;
	return Array.from({ length: secret.length - from - 8 }, (_, at) => secret.slice(from + at, from + at + 8));
}
