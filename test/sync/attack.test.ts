/** Row-level security, asked by those who mean no good: every table, every role, every way in. */
import { randomUUID } from "node:crypto";
import type { SupabaseClient } from "@supabase/supabase-js";
import { beforeAll, expect, test } from "vitest";
import type { StackUser } from "../../test-stack/src/stack.ts";
import { clientOf, putSession, RECORD_TABLES, type RemoteSession, rowsOf, subscribe } from "./clients.ts";
import { describeWithStack } from "./with-stack.ts";

const TEAM_TABLES = ["teams", "members", "invitations"] as const;
const TABLES = [...RECORD_TABLES, "deletions", ...TEAM_TABLES];
const MATES = ["owner", "admin", "member", "viewer"] as const;
const ATTACKERS = ["anon", "stranger", ...MATES] as const;
type Attacker = (typeof ATTACKERS)[number];

/** A column of each table that names a row, and one that an attacker would like to change. */
const KEYS: Readonly<Record<string, readonly [key: string, prey: object]>> = {
	sessions: ["id", { title: "taken", version: 99 }],
	items: ["session_id", { text: "taken", version: 99 }],
	turns: ["session_id", { prompt: "taken", version: 99 }],
	recordings: ["session_id", { format: "taken", version: 99 }],
	insights: ["session_id", { kind: "taken", version: 99 }],
	deletions: ["session_id", { machine_id: "taken" }],
	teams: ["id", { name: "taken" }],
	members: ["team_id", { role: "owner" }],
	invitations: ["team_id", { role: "admin" }],
};

/** What makes a new row of a row that is there, in the same session. */
const ELSEWHERE: Readonly<Record<string, object>> = {
	sessions: { id: randomUUID() },
	items: { position: 7 },
	turns: { seq: 7 },
	insights: { id: randomUUID() },
};

describeWithStack("row-level security", (stack) => {
	const users = new Map<Attacker, StackUser>();
	const clients = new Map<Attacker, SupabaseClient>();
	let victim: StackUser;
	let team: string;
	let secret: RemoteSession;
	let shared: RemoteSession;

	const as = (who: Attacker) => clients.get(who) ?? clientOf(stack());
	const idOf = (who: Attacker) => users.get(who)?.id ?? randomUUID();
	const keyOf = (table: string, session: RemoteSession) =>
		(TEAM_TABLES as readonly string[]).includes(table) ? team : session.id;
	const everything = async () =>
		Promise.all(
			TABLES.map(async (table) => (await stack().db.query(`select * from ${table} order by 1, 2, 3`)).rows),
		);

	beforeAll(async () => {
		victim = await stack().createUser("ada");
		const ada = clientOf(stack(), victim);
		for (const who of ATTACKERS) {
			if (who === "anon") continue;
			users.set(who, await stack().createUser(who));
			clients.set(who, clientOf(stack(), users.get(who)));
		}
		team = (await ada.rpc("create_team", { team_name: "garden" })).data;
		for (const role of MATES)
			await stack().db.query("insert into members (team_id, user_id, role) values ($1, $2, $3)", [
				team,
				idOf(role),
				role,
			]);
		await ada.rpc("invite_to_team", { team, invited_email: "x@example.com", invited_role: "viewer" });
		secret = rowsOf(victim);
		shared = rowsOf(victim, team);
		await putSession(ada, secret);
		await putSession(ada, shared);
		const gone = { user_id: victim.id, session_id: randomUUID(), machine_id: "m" };
		expect((await ada.from("deletions").insert(gone)).error).toBeNull();
	});

	test.each(ATTACKERS)("%s reads nothing of another person's private session", async (who) => {
		for (const table of [...RECORD_TABLES, "deletions"]) {
			const { data } = await as(who).from(table).select("*").eq("user_id", victim.id);
			const foreign = (data ?? []).filter((row) => (row.session_id ?? row.id) !== shared.id);
			expect(foreign, table).toEqual([]);
		}
		const views = await as(who).from("session_overview").select("*").eq("id", secret.id);
		expect(views.data ?? []).toEqual([]);
	});

	test.each(ATTACKERS)("%s reads a shared session only as a member of its team", async (who) => {
		const isMate = (MATES as readonly string[]).includes(who);
		for (const table of RECORD_TABLES) {
			const [key] = KEYS[table] ?? ["id"];
			const { data } = await as(who).from(table).select("*").eq(key, shared.id);
			expect(data?.length ?? 0, table).toBe(isMate ? 1 : 0);
		}
		for (const table of ["teams", "members"]) {
			const { data } = await as(who).from(table).select("*");
			expect((data ?? []).length > 0, table).toBe(isMate);
		}
		const invitations = await as(who).from("invitations").select("id, email");
		expect((invitations.data ?? []).length > 0).toBe(who === "owner" || who === "admin");
	});

	test.each(ATTACKERS)("%s changes, adds and deletes nothing that is another person's", async (who) => {
		const before = await everything();
		const client = as(who);
		for (const table of TABLES) {
			const [key, prey] = KEYS[table] ?? ["id", {}];
			for (const session of [secret, shared]) {
				await client.from(table).update(prey).eq(key, keyOf(table, session));
				await client.from(table).delete().eq(key, keyOf(table, session));
				const row = session.rows[table];
				if (row === undefined) continue;
				await client.from(table).upsert({ ...row, ...prey });
				await client.from(table).upsert({ ...row, ...prey, user_id: idOf(who) });
				await client.from(table).insert({ ...row, ...ELSEWHERE[table], user_id: victim.id });
			}
		}
		const tombstone = { user_id: victim.id, session_id: secret.id, machine_id: "m" };
		await client.from("deletions").insert(tombstone);
		await client.from("teams").insert({ name: "mine" });
		await client.from("members").insert({ team_id: team, user_id: idOf(who), role: "owner" });
		await client.from("members").upsert({ team_id: team, user_id: idOf(who), role: "owner" });
		await client
			.from("invitations")
			.insert({ team_id: team, email: "y@example.com", role: "admin", code_hash: "h" });
		expect(await everything()).toEqual(before);
	});

	test.each(ATTACKERS.filter((who) => who !== "anon"))(
		"%s cannot hang a turn, an item, a recording or an insight on another person's session",
		async (who) => {
			for (const table of ["turns", "items", "recordings", "insights"]) {
				const row = { ...shared.rows[table], ...ELSEWHERE[table], user_id: idOf(who) };
				const { error } = await as(who).from(table).insert(row);
				expect(["23503", "23505", "42501"], table).toContain(error?.code);
			}
		},
	);

	test.each(ATTACKERS)(
		"%s cannot delete a session of another person's by a tombstone of an own",
		async (who) => {
			const { error } = await as(who)
				.from("deletions")
				.insert({ user_id: idOf(who), session_id: shared.id, machine_id: "m" });
			if (who === "anon") expect(error).not.toBeNull();
			const left = await stack().db.query("select 1 from sessions where id = $1", [shared.id]);
			expect(left.rows).toHaveLength(1);
		},
	);

	test.each(ATTACKERS)("%s shares a session only with a team that it contributes to", async (who) => {
		const user = users.get(who);
		if (user === undefined) return expect(who).toBe("anon");
		const row = rowsOf(user, team).rows.sessions ?? {};
		const { error } = await as(who).from("sessions").insert(row);
		if (["owner", "admin", "member"].includes(who)) expect(error).toBeNull();
		else expect(error?.code).toBe("42501");
	});

	/** For each function of the teams: who may call it. `owner` and `admin` below are the team's second ones. */
	const CALLS: readonly (readonly [
		name: string,
		args: (crew: Crew) => object,
		allowed: readonly Attacker[],
	])[] = [
		["invite_to_team", ({ team }) => invitation(team, "viewer"), ["owner", "admin"]],
		["invite_to_team", ({ team }) => invitation(team, "admin"), ["owner"]],
		[
			"set_member_role",
			({ team, other }) => ({ team, member: other, new_role: "member" }),
			["owner", "admin"],
		],
		["set_member_role", ({ team, other }) => ({ team, member: other, new_role: "admin" }), ["owner"]],
		["set_member_role", ({ team }) => ({ team, member: victim.id, new_role: "viewer" }), ["owner"]],
		["remove_member", ({ team, other }) => ({ team, member: other }), ["owner", "admin"]],
		["remove_member", ({ team }) => ({ team, member: victim.id }), ["owner"]],
		["revoke_invitation", ({ invitation }) => ({ invitation }), ["owner", "admin"]],
		["join_team", () => ({ code: "0".repeat(64) }), []],
		["leave_team", ({ team }) => ({ team }), [...MATES]],
		["ctrace_schema", () => ({}), ["stranger", ...MATES]],
	];

	const invitation = (team: string, role: string) => ({
		team,
		invited_email: "z@example.com",
		invited_role: role,
	});

	interface Crew {
		readonly team: string;
		/** A viewer whom nobody plays. */
		readonly other: string;
		readonly invitation: string;
	}

	/** A fresh team of the victim's with everybody in it, since a call that is allowed changes it. */
	async function makeCrew(): Promise<Crew> {
		const { db } = stack();
		const made = await db.query("insert into teams (name) values ('crew') returning id");
		const id: string = made.rows[0].id;
		const other = (await stack().createUser("other")).id;
		const roles = [[victim.id, "owner"], [other, "viewer"], ...MATES.map((role) => [idOf(role), role])];
		for (const [user, role] of roles)
			await db.query("insert into members (team_id, user_id, role) values ($1, $2, $3)", [id, user, role]);
		const invited = await db.query(
			"insert into invitations (team_id, email, role, code_hash) values ($1, 'q@example.com', 'viewer', $2) returning id",
			[id, randomUUID()],
		);
		return { team: id, other, invitation: invited.rows[0].id };
	}

	test.each(CALLS)("%s is for those whose role allows it (%#)", async (name, args, allowed) => {
		for (const who of ATTACKERS) {
			const { error } = await as(who).rpc(name, args(await makeCrew()));
			if (allowed.includes(who)) expect(error, who).toBeNull();
			else expect(error, `${who} ${name}`).not.toBeNull();
		}
	});

	test("the functions behind the policies are nobody's to call", async () => {
		for (const name of ["my_role", "is_deleted", "require_role", "take_sessions_back", "guard_turn"])
			for (const who of ATTACKERS) expect((await as(who).rpc(name, {})).error, name).not.toBeNull();
	});

	test("who listens hears of the own turns and of the team's, and of nobody else's", async () => {
		const heard = new Map<string, string[]>();
		const listeners: SupabaseClient[] = [];
		for (const who of ATTACKERS) {
			const client = clientOf(stack(), users.get(who));
			listeners.push(client);
			await client.realtime.setAuth();
			heard.set(who, []);
			await subscribe(client, {
				table: "turns",
				take: (change) => heard.get(who)?.push(JSON.stringify(change)),
			});
		}
		const ada = clientOf(stack(), victim);
		const next = (session: RemoteSession, prompt: string) =>
			ada.from("turns").insert({ ...session.rows.turns, seq: 2, prompt, item_count: 0 });
		expect((await next(secret, "private words")).error).toBeNull();
		expect((await next(shared, "shared words")).error).toBeNull();
		const count = (who: string) =>
			(heard.get(who) ?? []).filter((text) => text.includes("shared words")).length;
		await expect.poll(() => MATES.map(count)).toEqual([1, 1, 1, 1]);
		expect([...heard.values()].flat().filter((text) => text.includes("private words"))).toEqual([]);
		expect([count("anon"), count("stranger")]).toEqual([0, 0]);
		await Promise.all(listeners.map((client) => client.removeAllChannels()));
	});

	test("who leaves a team or becomes a viewer takes the own sessions along", async () => {
		const [owner, mate] = [await stack().createUser("o"), await stack().createUser("m")];
		const [boss, sam] = [clientOf(stack(), owner), clientOf(stack(), mate)];
		const crew = (await boss.rpc("create_team", { team_name: "crew" })).data;
		const join = async () => {
			const invited = { team: crew, invited_email: mate.email, invited_role: "member" };
			const code = (await boss.rpc("invite_to_team", invited)).data;
			return sam.rpc("join_team", { code });
		};
		expect((await join()).data).toMatchObject({ name: "crew", role: "member" });
		const session = rowsOf(mate, crew);
		await putSession(sam, session);
		const seen = async () =>
			(await boss.from("turns").select("seq").eq("session_id", session.id)).data?.length;
		expect(await seen()).toBe(1);
		expect((await boss.rpc("leave_team", { team: crew })).error?.message).toContain("only owner");
		await sam.rpc("leave_team", { team: crew });
		expect(await seen()).toBe(0);
		await join();
		await sam.from("sessions").upsert({ ...session.rows.sessions, version: 2 });
		expect(await seen()).toBe(1);
		await boss.rpc("set_member_role", { team: crew, member: mate.id, new_role: "viewer" });
		expect(await seen()).toBe(0);
	});

	test("an invitation is for one person, once", async () => {
		const [owner, invited, thief] = await Promise.all(
			["o", "i", "t"].map((name) => stack().createUser(name)),
		);
		if (owner === undefined || invited === undefined || thief === undefined) throw new Error("no users");
		const boss = clientOf(stack(), owner);
		const crew = (await boss.rpc("create_team", { team_name: "crew" })).data;
		const code = (
			await boss.rpc("invite_to_team", { team: crew, invited_email: invited.email, invited_role: "viewer" })
		).data;
		expect((await clientOf(stack(), thief).rpc("join_team", { code })).error?.code).toBe("PT404");
		expect((await clientOf(stack(), invited).rpc("join_team", { code })).error).toBeNull();
		expect((await clientOf(stack(), invited).rpc("join_team", { code })).error?.code).toBe("PT404");
		const stored = await stack().db.query("select code_hash from invitations where team_id = $1", [crew]);
		expect(JSON.stringify(stored.rows)).not.toContain(code);
	});
});
