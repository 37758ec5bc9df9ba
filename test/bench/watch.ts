/** `npm run bench:watch`: from a turn's end to the project, and to the screen of somebody who watches elsewhere. */
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createIdMaker } from "../../src/core/ids.ts";
import { createLiveSync } from "../../src/recorder/live-sync.ts";
import { TICK_MS } from "../../src/recorder/recorder.ts";
import { openStore } from "../../src/store/open-store.ts";
import { createProjectClient } from "../../src/sync/supabase-client.ts";
import { createSupabaseRemote, notePauses } from "../../src/sync/supabase-remote.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";
import { watchTurns } from "../../src/sync/watch.ts";
import { markMasked } from "../support/mark-masked.ts";
import { makeSession, makeTurn } from "../support/stored-session.ts";

const TURNS = Number(process.argv[2] ?? 30);
/** Of the stack's gateway. */
const PUBLISHABLE_KEY = "sb_publishable_of-the-stack";

const directory = mkdtempSync(join(tmpdir(), "ctrace-bench-watch-"));
const clock = { now: () => Date.now() };
const ids = createIdMaker(clock, (count) => randomBytes(count));
const store = openStore({ path: join(directory, "c.db"), clock, ids });
const peer = spawn(process.execPath, [fileURLToPath(new URL("./watch-peer.mjs", import.meta.url))], {
	stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
const user: { url: string; token: string; userId: string } = JSON.parse((await lines.next()).value);
const tokens = { current: async () => user.token, renew: async () => undefined };
const connect = (fetchIt: typeof fetch = fetch) =>
	createProjectClient({ url: user.url, key: PUBLISHABLE_KEY }, tokens, fetchIt);

const ended = new Map<number, number>();
const pushed: number[] = [];
const seen: number[] = [];
const stopping = new AbortController();
let begun = (): void => {};
const connected = new Promise<void>((resolve) => {
	begun = resolve;
});
const watching = (async () => {
	const options = { userId: user.userId, now: clock.now, signal: stopping.signal };
	for await (const { turn } of watchTurns(connect(), { ...options, onConnection: () => begun() }))
		seen.push(performance.now() - (ended.get(Number(turn.seq)) ?? Number.NaN));
})();
await connected;

const pauses = notePauses(fetch, clock);
const remote = createSupabaseRemote(connect(pauses.fetch), pauses);
const sessionId = ids();
const holder = { holder: randomUUID(), pid: process.pid, isAlive: () => true };
const live = createLiveSync({
	store,
	sessionId,
	loadSender: async () => ({
		push: async (outbox, options) => {
			const last = Math.max(...ended.keys());
			const outcome = await pushAll(
				{ store: outbox, remote, clock, chance: Math.random, process: holder, userId: user.userId },
				options,
			);
			if (ended.has(last)) pushed.push(performance.now() - (ended.get(last) ?? Number.NaN));
			return outcome;
		},
	}),
	wait: (ms) => wait(ms),
	now: clock.now,
	restEveryMs: 0,
});
store.beginSession(markMasked(makeSession(sessionId, { status: "running" })), { pid: process.pid });
const ticking = setInterval(() => live.tick(), TICK_MS);
for (let seq = 1; seq <= TURNS; seq += 1) {
	const now = clock.now();
	store.saveTurn(sessionId, markMasked(makeTurn(seq, { startedAt: now, endedAt: now })));
	ended.set(seq, performance.now());
	while (seen.length < seq) await wait(20);
	await wait(Math.random() * 1000);
}
clearInterval(ticking);
stopping.abort();
await watching;
say("turns", `${seen.length}, each ended at a moment of its own`);
say("at the project", summary(pushed));
say("on the screen", summary(seen));
peer.stdin.end();
store.close();
rmSync(directory, { recursive: true });

function summary(times: readonly number[]): string {
	const sorted = [...times].sort((a, b) => a - b);
	const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
	return `after ${at(0.5)} ms (median), ${at(0.95)} ms (19 of 20), ${at(1)} ms at most`;
}

function say(what: string, value: string): void {
	process.stdout.write(`${what.padEnd(16)} ${value}\n`);
}
