/** A process that does nothing but sync, to be killed: drain-outbox DATABASE URL KEY TOKEN USER. */
import { randomBytes, randomUUID } from "node:crypto";
import { createIdMaker } from "../../src/core/ids.ts";
import { openStore } from "../../src/store/open-store.ts";
import { createProjectClient } from "../../src/sync/supabase-client.ts";
import { createSupabaseRemote, notePauses } from "../../src/sync/supabase-remote.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";

const [path = "", url = "", key = "", token = "", userId = ""] = process.argv.slice(2);
const clock = { now: () => Date.now() };
const store = openStore({ path, clock, ids: createIdMaker(clock, (count) => randomBytes(count)) });
const pauses = notePauses(fetch, clock);
const tokens = { current: async () => token, renew: async () => undefined };
const client = createProjectClient({ url, key }, tokens, pauses.fetch);
const isAlive = (pid: number) => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};
process.stdout.write("begun\n");
const outcome = await pushAll(
	{
		store: store.sync,
		remote: createSupabaseRemote(client, pauses),
		clock,
		chance: () => 0,
		process: { holder: randomUUID(), pid: process.pid, isAlive },
		userId,
	},
	{ isEager: true },
);
process.stdout.write(`${outcome.kind}\n`);
store.close();
