/** What PostgreSQL makes of a project's first hour, when it knows nothing yet of what is in the tables. */
import { expect, test } from "vitest";
import { describeWithStack } from "./with-stack.ts";

describeWithStack("in a new project", (stack) => {
	/** The indexes that a statement with parameters goes by, as it is planned for good. */
	async function indexesOf(statement: string): Promise<string[]> {
		const client = await stack().db.connect();
		try {
			await client.query("set plan_cache_mode = force_generic_plan");
			await client.query(`prepare asked (uuid, uuid) as ${statement}`);
			const nothing = "'00000000-0000-0000-0000-000000000000'";
			const { rows } = await client.query(`explain (format json) execute asked (${nothing}, ${nothing})`);
			await client.query("deallocate asked");
			return [...JSON.stringify(rows).matchAll(/"Index Name":"(\w+)"/g)].map(([, name]) => name ?? "");
		} finally {
			client.release(true);
		}
	}

	test.each([
		[
			"what a row belongs to",
			"select 1 from only public.sessions x where id = $1 and user_id = $2 for key share of x",
			["sessions_id_user_id_key"],
		],
		[
			"the turns of a deleted session",
			"delete from only public.turns where session_id = $1 and user_id = $2",
			["turns_pkey"],
		],
		[
			"the items of a deleted session",
			"delete from only public.items where session_id = $1 and user_id = $2",
			["items_pkey"],
		],
		[
			"whether a session was deleted",
			"select from public.deletions where user_id = $1 and session_id = $2",
			["deletions_pkey"],
		],
	])(
		"%s is found by its own key, not by looking through all that a person has",
		async (_what, statement, names) => {
			expect(await indexesOf(statement)).toEqual(names);
		},
	);
});
