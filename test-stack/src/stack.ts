/** One project of Supabase's for one test file: a database of its own, PostgREST, Realtime, Auth and the gateway. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { type Auth, startAuth } from "./auth.ts";
import { type Gateway, startGateway } from "./gateway.ts";
import { mintJwt } from "./jwt.ts";
import { startPostgrest } from "./postgrest.ts";
import { startRealtime } from "./realtime/server.ts";

export const TEMPLATE = "ctrace_template";
/** The two keys of a project, in the form they have today. */
export const PUBLISHABLE_KEY = "sb_publishable_of-the-stack";
export const SECRET_KEY = `sb_${"secret"}_of-the-stack`;
const KEY_LIFETIME_S = 1e8;
/** SQLSTATE: somebody else copies the template at this very moment. */
const TEMPLATE_IN_USE = "55006";
const RETRY_MS = 20;

export interface StackUser {
	readonly id: string;
	readonly email: string;
	/** An access token, good for an hour. */
	readonly token: string;
}

export interface Stack {
	readonly url: string;
	/** As the database's owner, past every rule. */
	readonly db: pg.Pool;
	readonly createUser: (name: string) => Promise<StackUser>;
	readonly setFault: Gateway["setFault"];
	readonly dropConnections: () => void;
	/** Absent unless it was asked for. */
	readonly auth: Auth | undefined;
	readonly stop: () => Promise<void>;
}

export interface StackOptions {
	/** Starts Auth too; `lifetimeS` is how long its access tokens are good for. */
	readonly auth?: { readonly lifetimeS?: number };
}

export async function startStack(postgresPort: number, options: StackOptions = {}): Promise<Stack> {
	const uri = (database: string, role = "postgres") =>
		`postgresql://${role}:postgres@127.0.0.1:${postgresPort}/${database}`;
	const name = `t_${randomUUID().replaceAll("-", "")}`;
	await onServer(uri("postgres"), (admin) => copyTemplate(admin, name));
	const db = new pg.Pool({ connectionString: uri(name), max: 4 });
	db.on("error", () => undefined); // the database is dropped under it at the end
	const keys = new Map([
		[PUBLISHABLE_KEY, mintJwt({ role: "anon" }, KEY_LIFETIME_S)],
		[SECRET_KEY, mintJwt({ role: "service_role" }, KEY_LIFETIME_S)],
	]);
	const [rest, realtime, auth] = await Promise.all([
		startPostgrest(uri(name, "authenticator")),
		startRealtime(uri(name), keys),
		options.auth === undefined ? undefined : startAuth(uri(name), options.auth.lifetimeS),
	]);
	const { upgrade } = realtime;
	const gateway = await startGateway({ restPort: rest.port, keys, upgrade, authFetch: auth?.fetch });
	return {
		url: gateway.url,
		db,
		auth,
		createUser: (who) => createUser(db, who),
		setFault: gateway.setFault,
		dropConnections: realtime.dropConnections,
		stop: async () => {
			await realtime.stop();
			await Promise.all([gateway.stop(), rest.stop(), auth?.stop(), db.end()]);
			await onServer(uri("postgres"), (admin) => admin.query(`drop database ${name} with (force)`));
		},
	};
}

async function onServer(uri: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
	const admin = new pg.Client({ connectionString: uri });
	await admin.connect();
	try {
		await work(admin);
	} finally {
		await admin.end();
	}
}

async function copyTemplate(admin: pg.Client, name: string): Promise<void> {
	for (;;) {
		try {
			await admin.query(`create database ${name} template ${TEMPLATE}`);
			return;
		} catch (error) {
			if (!(error instanceof pg.DatabaseError && error.code === TEMPLATE_IN_USE)) throw error;
			await wait(RETRY_MS);
		}
	}
}

async function createUser(db: pg.Pool, name: string): Promise<StackUser> {
	const id = randomUUID();
	const email = `${name}-${id.slice(0, 8)}@example.com`;
	await db.query(
		"insert into auth.users (id, email, aud, role, created_at, updated_at) values ($1, $2, 'authenticated', 'authenticated', now(), now())",
		[id, email],
	);
	const token = mintJwt({ role: "authenticated", aud: "authenticated", sub: id, email });
	return { id, email, token };
}
