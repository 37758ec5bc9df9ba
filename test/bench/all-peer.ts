/**
 * A sync that does not end, for `npm run bench`: a backlog in the database of CTRACE_HOME, the local stack, and one push
 * after the other until its input ends. The servers are elsewhere for a person: here they run at a lower priority.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { createIdMaker } from "../../src/core/ids.ts";
import { openStore } from "../../src/store/open-store.ts";
import { createProjectClient } from "../../src/sync/supabase-client.ts";
import { createSupabaseRemote, notePauses } from "../../src/sync/supabase-remote.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";
import { startPostgres } from "../../test-stack/src/postgres.ts";
import { PUBLISHABLE_KEY, startStack } from "../../test-stack/src/stack.ts";
import { createTemplate } from "../../test-stack/src/template.ts";
import { markMasked } from "../support/mark-masked.ts";
import { answer, makeSession, makeTurn } from "../support/stored-session.ts";

const SESSIONS = 200;
const TURNS = 20;
const LOW_PRIORITY = 10;

const postgres = await startPostgres();
await createTemplate(postgres);
const stack = await startStack(postgres.port);
lowerChildren(process.pid);
const user = await stack.createUser("ada");
const clock = { now: () => Date.now() };
const ids = createIdMaker(clock, (count) => randomBytes(count));
const store = openStore({ path: join(process.env.CTRACE_HOME ?? "", "data", "ctrace.db"), clock, ids });
fill();
let isOver = false;
process.stdin.on("end", () => {
	isOver = true;
});
process.stdin.resume();
for (let round = 0; !isOver; round += 1) {
	if (round > 0) store.sync.outbox.resend();
	await push();
	if (round === 0) process.stdout.write("sent\n");
}
store.close();
await stack.stop();
await postgres.stop();

function fill(): void {
	const text = "what was done and why, in some words ".repeat(20);
	for (let n = 0; n < SESSIONS; n += 1)
		store.transaction(() => {
			const id = ids();
			store.beginSession(markMasked(makeSession(id, { status: "complete" })), { pid: 1 });
			for (let seq = 1; seq <= TURNS; seq += 1)
				store.saveTurn(id, markMasked(makeTurn(seq, { items: [answer(`${n} ${seq} ${text}`)] })));
		});
}

async function push(): Promise<void> {
	const pauses = notePauses(fetch, clock);
	const tokens = { current: async () => user.token, renew: async () => undefined };
	const client = createProjectClient({ url: stack.url, key: PUBLISHABLE_KEY }, tokens, pauses.fetch);
	await pushAll(
		{
			store: store.sync,
			remote: createSupabaseRemote(client, pauses),
			clock,
			chance: () => 0.5,
			process: { holder: randomUUID(), pid: process.pid, isAlive: () => true },
			userId: user.id,
		},
		{ isStopped: () => isOver },
	);
}

function lowerChildren(root: number): void {
	for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
		try {
			const stat = readFileSync(`/proc/${name}/stat`, "utf8");
			if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) !== root) continue;
			setPriority(Number(name), LOW_PRIORITY);
			lowerChildren(Number(name));
		} catch {
			// Gone meanwhile.
		}
	}
}
