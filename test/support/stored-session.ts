/** Invented sessions and a store of their own for tests. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdMaker, type IdMaker } from "../../src/core/ids.ts";
import type { Session } from "../../src/core/session.ts";
import type { Item, Turn } from "../../src/core/turn.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { markMasked } from "./mark-masked.ts";

/** 2026-01-02T03:04:05.678Z */
export const STARTED_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

export class TestClock {
	#now = STARTED_AT;
	now(): number {
		return this.#now;
	}
	advance(ms: number): void {
		this.#now += ms;
	}
}

export interface TemporaryStore extends Disposable {
	readonly directory: string;
	readonly path: string;
	readonly clock: TestClock;
	readonly ids: IdMaker;
	readonly store: Store;
}

/** A store in a directory of its own, or of an existing file; the directory goes when the test's scope ends. */
export function temporaryStore(existing?: string): TemporaryStore {
	const directory = mkdtempSync(join(tmpdir(), "ctrace-store-"));
	const path = existing ?? join(directory, "data", "ctrace.db");
	const clock = new TestClock();
	const ids = createIdMaker(clock, (count) => randomBytes(count));
	const store = openStore({ path, clock, ids });
	return {
		directory,
		path,
		clock,
		ids,
		store,
		[Symbol.dispose]: () => {
			store.close();
			rmSync(directory, { recursive: true, force: true });
		},
	};
}

export function makeSession(id: string, changes: Partial<Session> = {}): Session {
	return {
		id,
		agent: "claude-code",
		agentSessionIds: [],
		command: ["claude"],
		cwd: "/home/ada/app",
		startedAt: STARTED_AT,
		status: "running",
		terminal: { cols: 80, rows: 24, renderer: "classic" },
		maskedCount: {},
		gaps: [],
		...changes,
	};
}

export function makeTurn(seq: number, changes: Partial<Turn> = {}): Turn {
	return {
		seq,
		prompt: { text: `question ${seq}`, kind: "prompt" },
		startedAt: STARTED_AT + seq * 1000,
		status: "complete",
		source: "terminal",
		items: [{ kind: "assistant", text: `answer ${seq}`, source: "terminal" }],
		...changes,
	};
}

export function answer(text: string): Item {
	return { kind: "assistant", text, source: "terminal" };
}

/** Begins a session in the store and saves its turns; gives its id. */
export function addSession(
	scene: Pick<TemporaryStore, "store" | "ids">,
	changes: Partial<Session> = {},
	turns: readonly Turn[] = [],
): string {
	const id = changes.id ?? scene.ids();
	scene.store.beginSession(markMasked(makeSession(id, changes)), { pid: 4242, bootId: "boot" });
	for (const turn of turns) scene.store.saveTurn(id, markMasked(turn));
	return id;
}
