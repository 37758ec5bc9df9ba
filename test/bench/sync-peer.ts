/** The stack for `bench:sync`: says where it is, and goes when its input ends. */
import { startPostgres } from "../../test-stack/src/postgres.ts";
import { startStack } from "../../test-stack/src/stack.ts";
import { createTemplate } from "../../test-stack/src/template.ts";

const postgres = await startPostgres();
await createTemplate(postgres);
const stack = await startStack(postgres.port);
const user = await stack.createUser("ada");
process.stdout.write(`${JSON.stringify({ url: stack.url, token: user.token, userId: user.id })}\n`);
for await (const line of process.stdin) {
	if (!String(line).includes("count")) break;
	const sql = "select (select count(*)::int from turns) as turns, (select count(*)::int from items) as items";
	process.stdout.write(`${JSON.stringify((await stack.db.query(sql)).rows[0])}\n`);
}
await stack.stop();
await postgres.stop();
