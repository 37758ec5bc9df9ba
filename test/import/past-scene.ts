/** A past of Claude Code in a folder of its own, and a store to import it into; both are there for one test. */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdMaker } from "../../src/core/ids.ts";
import { type ImportResult, importRecordings } from "../../src/import/import-recordings.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store, StoredSession } from "../../src/store/store.ts";
import { removeFolder } from "../support/remove-folder.ts";
import { assistantLine, PATTERNS, say, userLine } from "../support/transcripts.ts";

const clock = { now: () => Date.UTC(2026, 10, 26) };

export class Past implements Disposable {
	readonly root = mkdtempSync(join(tmpdir(), "ctrace-past-"));
	/** Claude Code's own folder. */
	readonly claude = join(this.root, "claude");
	readonly ids = createIdMaker(clock, (count) => randomBytes(count));

	async import(
		paths: readonly string[] = [this.claude],
		isCancelled: () => boolean = () => false,
	): Promise<ImportResult> {
		const { root } = this;
		return await importRecordings(
			{
				paths: {
					privacy: join(root, "privacy.yml"),
					state: join(root, "state"),
					database: join(root, "ctrace.db"),
				},
				patterns: PATTERNS,
				env: {},
				clock,
				randomBytes: (count) => randomBytes(count),
				privacyMode: undefined,
				projectDir: root,
				home: "/home/ada",
				recorder: { pid: process.pid },
			},
			{ paths, onProgress: () => undefined, onOutcome: () => undefined, isCancelled },
		);
	}

	withStore<T>(use: (store: Store) => T): T {
		using store = openStore({ path: join(this.root, "ctrace.db"), clock, ids: this.ids });
		return use(store);
	}

	/** Oldest first. */
	everything(): StoredSession[] {
		return this.withStore((store) =>
			store
				.listSessions()
				.map(({ session }) => store.readSession(session.id))
				.reverse(),
		);
	}

	/** Turns without what differs from one import to the next. */
	content() {
		return this.everything().map(({ session: { id: _id, ...session }, turns }) => ({
			session,
			turns: turns.map(({ id: _turn, updatedAt: _updated, revision: _revision, ...turn }) => turn),
		}));
	}

	transcript(name: string, text: string): string {
		const file = join(this.claude, "projects", "-home-ada-garden", `${name}.jsonl`);
		mkdirSync(join(file, ".."), { recursive: true });
		writeFileSync(file, text);
		return file;
	}

	[Symbol.dispose](): void {
		removeFolder(this.root);
	}
}

export const FIRST = "11111111-1111-4111-8111-111111111111";
export const SECOND = "22222222-2222-4222-8222-222222222222";

/** Turns `from` to the last, one a minute; another `prefix` makes another conversation, another `hour` a later one. */
export function conversation(count: number, from = 1, { prefix = "", hour = 10 } = {}): string {
	const at = (n: number, second: number) => new Date(Date.UTC(2026, 2, 4, hour, n, second)).toISOString();
	return Array.from({ length: count }, (_, index) => {
		const n = from + index;
		const before = n === 1 ? null : `${prefix}a${n - 1}`;
		return (
			userLine(`${prefix}u${n}`, `question ${n}`, { timestamp: at(n, 0), parentUuid: before }) +
			assistantLine({
				uuid: `${prefix}a${n}`,
				parent: `${prefix}u${n}`,
				id: `${prefix}m${n}`,
				request: `r${n}`,
				at: at(n, 5),
				content: [say(`answer **${n}**`)],
			})
		);
	}).join("");
}
