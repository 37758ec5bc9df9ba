/** An encrypted database and the shipped programs: a wrong key costs the record, never the session. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { CIPHER_PACKAGE } from "../../src/store/encryption/cipher-module.ts";
import { convertDatabase } from "../../src/store/encryption/convert.ts";
import { keyOfPassphrase } from "../../src/store/encryption/database-key.ts";
import { encryptionMark, isEncrypted } from "../../src/store/encryption/open-encrypted.ts";
import { CIPHER } from "../support/cipher.ts";
import { cleanEnvironment, Outside, temporaryHome } from "../support/outside.ts";

const DIST = resolve(".cache", `encrypted-${process.pid}`);
const PASSPHRASE = "correct horse battery staple";
const LIMIT = 60_000;
/** `npm run test:encryption` brings what they need. */
const encrypting = test.skipIf(CIPHER === null);
let home: { readonly path: string; remove(): void };
let place: string;

/** Where these tests found the package; those that they start are to look where a user's would. */
beforeAll(() => void delete process.env.NODE_PATH);
beforeAll(() => CIPHER !== null && void execFileSync(process.execPath, ["scripts/build.mjs", DIST]), LIMIT);
afterAll(() => rmSync(DIST, { recursive: true, force: true }));
/** The programs, outside of every folder that has more packages than users have. */
beforeEach(() => {
	home = temporaryHome();
	place = join(home.path, "program");
	mkdirSync(join(place, "node_modules"), { recursive: true });
	cpSync(DIST, join(place, "dist"), { recursive: true });
	symlinkSync(resolve("patterns"), join(place, "patterns"));
	for (const name of ["better-sqlite3", "node-pty"])
		symlinkSync(resolve("node_modules", name), join(place, "node_modules", name));
});
afterEach(() => home.remove());

function installCipher(): void {
	symlinkSync(CIPHER ?? "", join(place, "node_modules", CIPHER_PACKAGE));
}

function environment(passphrase?: string): NodeJS.ProcessEnv {
	const own = { HOME: home.path, CTRACE_HOME: join(home.path, "ct"), SHELL: "/bin/sh" };
	return {
		...cleanEnvironment(),
		...own,
		...(passphrase === undefined ? {} : { CTRACE_PASSPHRASE: passphrase }),
	};
}

function childrenOf(pid: number): string {
	const all = execFileSync("ps", ["-A", "-o", "ppid=,args="], { encoding: "utf8" }).split("\n");
	return all.filter((line) => line.trim().startsWith(`${pid} `)).join("\n");
}

/** The command ends when its recorder has begun, or has given up. */
async function record(passphrase: string, said: string, outcome: "recorded" | "given up") {
	const wrap = join(place, "dist", "wrap.cjs");
	const outside = new Outside([process.execPath, wrap, "sh", "-c", `echo ${said}; read GO; exit 3`], {
		env: environment(passphrase),
		cols: 200,
	});
	await outside.until((text) => text.includes(said), said, LIMIT);
	const starting = join(home.path, "ct", "state", "starting");
	const hasTried = () => existsSync(starting) && readdirSync(starting).length === 0;
	await expect.poll(hasTried, { timeout: LIMIT }).toBe(true);
	if (outcome === "given up")
		await expect.poll(() => childrenOf(outside.pid), { timeout: LIMIT }).not.toContain("recorder.js");
	outside.type("\r");
	const exit = await outside.exited;
	if (outcome === "recorded")
		await expect
			.poll(() => ctrace(passphrase, "sessions", "show", "last").out, { timeout: LIMIT })
			.toMatch(/failed|complete/);
	return { exit, text: outside.text };
}

function ctrace(passphrase: string | undefined, ...words: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, "dist", "cli.cjs"), ...words], {
		env: environment(passphrase),
		encoding: "utf8",
	});
	return { code: status, out: stdout, err: stderr };
}

encrypting(
	"a session is recorded with the right key; with a wrong one it runs as ever, and one line says why",
	async () => {
		installCipher();
		expect((await record(PASSPHRASE, "before", "recorded")).exit.code).toBe(3);
		expect(ctrace(PASSPHRASE, "encrypt", "--yes")).toMatchObject({ code: 0 });
		expect(isEncrypted(join(home.path, "ct", "data", "ctrace.db"))).toBe(true);
		const right = await record(PASSPHRASE, "withtherightkey", "recorded");
		expect(right).toMatchObject({ exit: { code: 3 } });
		const wrong = await record("another passphrase", "withawrongkey", "given up");
		expect(wrong.exit.code).toBe(3);
		expect(wrong.text).toContain("withawrongkey");
		expect(wrong.text).toMatch(/ctrace: this session was not recorded.*does not open with this key/);
		const { out } = ctrace(PASSPHRASE, "sessions", "show", "last");
		expect(out).toContain("withtherightkey");
		expect(ctrace(PASSPHRASE, "search", "withawrongkey").code).toBe(1);
	},
	3 * LIMIT,
);

encrypting(
	"where the package that encrypts is not installed, it is said how to get it",
	async () => {
		const install = `npm install -g ${CIPHER_PACKAGE}@`;
		const database = join(home.path, "ct", "data", "ctrace.db");
		expect(ctrace(undefined, "sessions", "list").code).toBe(0);
		expect(ctrace(PASSPHRASE, "encrypt", "--yes")).toMatchObject({
			code: 1,
			err: expect.stringContaining(install),
		});
		expect(ctrace(undefined, "sessions", "list").code).toBe(0);
		const salt = Buffer.alloc(16, 1);
		convertDatabase(database, { to: keyOfPassphrase(PASSPHRASE, salt) });
		rmSync(encryptionMark(database));
		expect(ctrace(PASSPHRASE, "sessions", "list").err).toContain("is not a ctrace database");
		cpSync(resolve("LICENSE"), encryptionMark(database));
		expect(ctrace(PASSPHRASE, "sessions", "list")).toMatchObject({
			code: 1,
			err: expect.stringContaining(install),
		});
		const session = await record(PASSPHRASE, "unrecorded", "given up");
		expect(session.exit.code).toBe(3);
		expect(session.text).toContain("an encrypted database needs the package");
	},
	3 * LIMIT,
);
