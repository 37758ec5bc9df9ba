/** The stack for `bench:sync`: says where it is, what it holds and what it used, and goes when its input ends. */
import { startPostgres } from "../../test-stack/src/postgres.ts";
import { startStack } from "../../test-stack/src/stack.ts";
import { createTemplate } from "../../test-stack/src/template.ts";
import { processorTimeBelow } from "./processor-time.ts";

const postgres = await startPostgres();
await createTemplate(postgres);
const stack = await startStack(postgres.port);
const user = await stack.createUser("ada");
process.stdout.write(`${JSON.stringify({ url: stack.url, token: user.token, userId: user.id })}\n`);
const before = { own: process.cpuUsage(), below: processorTimeBelow(process.pid) };
for await (const line of process.stdin) {
	if (!String(line).includes("count")) break;
	const used = usedSince(before);
	const sql = "select (select count(*)::int from turns) as turns, (select count(*)::int from items) as items";
	process.stdout.write(`${JSON.stringify({ ...(await stack.db.query(sql)).rows[0], used })}\n`);
}
await stack.stop();
await postgres.stop();

/** Seconds of the processor, by program. */
function usedSince(start: typeof before): Record<string, number> {
	const own = process.cpuUsage(start.own);
	const below = Object.entries(processorTimeBelow(process.pid));
	return {
		gateway: (own.user + own.system) / 1e6,
		...Object.fromEntries(below.map(([name, used]) => [name, used - (start.below[name] ?? 0)])),
	};
}
