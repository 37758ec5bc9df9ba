/** The stack itself: what the tests stand on is what it says it is. */
import { createClient } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import { NodeSocket } from "../../src/sync/node-socket.ts";
import { PUBLISHABLE_KEY } from "../../test-stack/src/stack.ts";
import { describeWithStack } from "./with-stack.ts";

describeWithStack(
	"the stack",
	(stack) => {
		const client = (token?: string) =>
			createClient(stack().url, PUBLISHABLE_KEY, {
				realtime: { transport: NodeSocket },
				...(token === undefined ? {} : { accessToken: async () => token }),
			});

		test("speaks with a real PostgreSQL through a real PostgREST, as the person of the token", async () => {
			await stack().db.query(
				"create table notes (id int primary key, owner uuid default auth.uid(), text text)",
			);
			await stack().db.query("alter table notes enable row level security");
			await stack().db.query("create policy own on notes using (owner = (select auth.uid()))");
			await stack().db.query("alter publication supabase_realtime add table notes");
			const [ada, sam] = [await stack().createUser("ada"), await stack().createUser("sam")];
			const written = () => client(ada.token).from("notes").upsert({ id: 1, text: "hello" });
			await expect.poll(async () => (await written()).status).toBeLessThan(300);
			expect((await client(ada.token).from("notes").select("text")).data).toEqual([{ text: "hello" }]);
			expect((await client(sam.token).from("notes").select("text")).data).toEqual([]);
		});

		test("tells a subscriber of changes that it may see, and no other", async () => {
			const [ada, sam] = [await stack().createUser("ada"), await stack().createUser("sam")];
			const heard: Record<string, unknown[]> = { ada: [], sam: [] };
			for (const [name, { token }] of Object.entries({ ada, sam })) {
				const one = client(token);
				await one.realtime.setAuth();
				await new Promise<void>((resolve) => {
					one
						.channel("all")
						.on("postgres_changes", { event: "*", schema: "public", table: "notes" }, (change) =>
							heard[name]?.push(change.new),
						)
						.on("system", {}, () => resolve())
						.subscribe();
				});
			}
			await client(ada.token).from("notes").insert({ id: 2, text: "mine" });
			await client(sam.token).from("notes").insert({ id: 3, text: "sam's" });
			await expect
				.poll(() => heard)
				.toEqual({
					ada: [{ id: 2, owner: ada.id, text: "mine" }],
					sam: [{ id: 3, owner: sam.id, text: "sam's" }],
				});
		});

		test("signs people in with Supabase's own Auth, by password and by a code in a mail", async () => {
			const email = "ada@example.com";
			const password = `pass-${"word"}-of-ada`;
			const made = await client().auth.signUp({ email, password });
			expect(made.error).toBeNull();
			expect((await client().auth.signInWithPassword({ email, password })).data.user?.email).toBe(email);
			expect((await client().auth.signInWithOtp({ email })).error).toBeNull();
			const code = />(\d{6})</.exec(stack().auth?.mailTo(email) ?? "")?.[1] ?? "";
			const entered = await client().auth.verifyOtp({ email, token: code, type: "magiclink" });
			expect(entered.data.user?.email).toBe(email);
		});

		test("loses, doubles, refuses and answers for itself when a test says so", async () => {
			const { token } = await stack().createUser("eve");
			const insert = (id: number) => client(token).from("notes").insert({ id, text: "x" });
			stack().setFault(() => ({ kind: "answer", status: 429, headers: { "retry-after": "7" } }));
			expect((await insert(10)).status).toBe(429);
			stack().setFault(() => ({ kind: "lose-reply" }));
			expect((await insert(11)).error).not.toBeNull();
			stack().setFault(() => ({ kind: "twice" }));
			expect((await insert(12)).error?.code).toBe("23505");
			stack().setFault(undefined);
			const there = await stack().db.query("select id from notes where id >= 10 order by id");
			expect(there.rows.map(({ id }) => id)).toEqual([11, 12]);
		});
	},
	{ auth: {} },
);
