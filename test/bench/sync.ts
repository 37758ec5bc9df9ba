/** `npm run bench:sync`: drains a backlog into the local stack. Prints turns a second, memory and bytes. */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createIdMaker } from "../../src/core/ids.ts";
import { openStore } from "../../src/store/open-store.ts";
import { createProjectClient } from "../../src/sync/supabase-client.ts";
import { createSupabaseRemote, notePauses } from "../../src/sync/supabase-remote.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";
import { markMasked } from "../support/mark-masked.ts";
import { answer, makeSession, makeTurn } from "../support/stored-session.ts";

const TURNS = Number(process.argv[2] ?? 100_000);
const TURNS_A_SESSION = 50;
/** Of the stack's gateway. */
const PUBLISHABLE_KEY = "sb_publishable_of-the-stack";
/** About 1.5 kB of text a turn, as recorded sessions have on average. */
const ANSWER_CHARS = 700;
const OUTPUT_CHARS = 600;

const SELF = fileURLToPath(import.meta.url);
const filled = process.argv[3];
const directory = filled ?? mkdtempSync(join(tmpdir(), "ctrace-bench-sync-"));
const clock = { now: () => Date.now() };
const ids = createIdMaker(clock, (count) => randomBytes(count));
const store = openStore({ path: join(directory, "c.db"), clock, ids });
// Filling happens in a process of its own, so that its memory is not counted.
if (filled !== undefined) {
	process.stdout.write(String(fill()));
	process.exit();
}
const textBytes = Number(
	execFileSync(process.execPath, [SELF, String(TURNS), directory], { encoding: "utf8" }),
);
const peer = spawn(process.execPath, [fileURLToPath(new URL("./sync-peer.mjs", import.meta.url))], {
	stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
const user: { url: string; token: string; userId: string } = JSON.parse((await lines.next()).value);
const pauses = notePauses(fetch, clock);
const tokens = { current: async () => user.token, renew: async () => undefined };
const client = createProjectClient({ url: user.url, key: PUBLISHABLE_KEY }, tokens, pauses.fetch);
let peak = 0;
const before = process.cpuUsage();
const began = performance.now();
const outcome = await pushAll(
	{
		store: store.sync,
		remote: createSupabaseRemote(client, pauses),
		clock,
		chance: () => 0.5,
		process: { holder: randomUUID(), pid: process.pid, isAlive: () => true },
		userId: user.userId,
	},
	{
		onProgress: () => {
			peak = Math.max(peak, process.memoryUsage.rss());
		},
	},
);
const seconds = (performance.now() - began) / 1000;
const own = process.cpuUsage(before);
peer.stdin.write("count\n");
const there: { turns: number; items: number; used: Record<string, number> } = JSON.parse(
	(await lines.next()).value,
);
say("backlog", `${TURNS} turns, ${(textBytes / 1e6).toFixed(0)} MB of text`);
say("outcome", `${outcome.kind}, ${there.turns} turns and ${there.items} items there`);
say(
	"rate",
	`${Math.round(TURNS / seconds)} turns/s, ${(textBytes / 1e6 / seconds).toFixed(1)} MB/s, ${seconds.toFixed(1)} s`,
);
say("memory at most", `${(peak / 1e6).toFixed(0)} MB`);
say("processor time", `${((own.user + own.system) / 1e6).toFixed(1)} s of this process`);
for (const [name, used] of Object.entries(there.used)) say("", `${used.toFixed(1)} s of ${name}`);
peer.stdin.end();
store.close();
rmSync(directory, { recursive: true });

function fill(): number {
	let bytes = 0;
	for (let from = 0; from < TURNS; from += TURNS_A_SESSION)
		store.transaction(() => {
			const id = ids();
			store.beginSession(markMasked(makeSession(id, { status: "complete" })), { pid: 1 });
			for (let seq = 1; seq <= Math.min(TURNS_A_SESSION, TURNS - from); seq += 1) {
				const turn = invented(from + seq, seq);
				bytes += JSON.stringify(turn.items).length + turn.prompt.text.length;
				store.saveTurn(id, markMasked(turn));
			}
		});
	store.close();
	return bytes;
}

function invented(seed: number, seq: number) {
	const words = (chars: number) => `word${seed} other${seed % 97} `.repeat(chars / 16 + 1).slice(0, chars);
	return makeTurn(seq, {
		prompt: { text: words(100), kind: "prompt" },
		usage: { inputTokens: seed, outputTokens: 10 },
		items: [
			answer(words(ANSWER_CHARS)),
			{
				kind: "tool",
				name: "Bash",
				input: { command: words(40) },
				output: words(OUTPUT_CHARS),
				status: "ok",
				source: "both",
			},
		],
	});
}

function say(what: string, value: string): void {
	process.stdout.write(`${what.padEnd(16)} ${value}\n`);
}
