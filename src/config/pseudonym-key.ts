/**
 * The key behind pseudonyms: one per installation, made on first use, readable by its owner alone, outside the
 * database and never synced. Losing it loses nothing but the recognition of old tags.
 */
import { createHmac, hkdfSync } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RandomBytes } from "../core/clock.ts";
import { CtraceError } from "../core/errors.ts";
import type { Tag } from "../masking/placeholder.ts";

const KEY_FILE = "pseudonym.key";
const KEY_BYTES = 32;
const TAG_CHARACTERS = 8; // 40 bits: no two secrets of one user collide, and none can be tried from the tag without the key
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** Reads the installation's key from ctrace's state directory, or makes it. Throws `CtraceError("permission")`. */
export function openPseudonymKey(stateDir: string, randomBytes: RandomBytes): Uint8Array {
	const file = pseudonymKeyFile(stateDir);
	try {
		return readKey(file) ?? createKey(stateDir, file, randomBytes);
	} catch (cause) {
		if (cause instanceof CtraceError) throw cause;
		throw new CtraceError("permission", `cannot keep the pseudonym key in ${stateDir}`, {
			cause,
			hint: "Make the directory writable, or set CTRACE_HOME to one that is.",
		});
	}
}

export function pseudonymKeyFile(stateDir: string): string {
	return join(stateDir, KEY_FILE);
}

/** Looks, and makes nothing. Throws what the file system throws when it may not look. */
export function inspectPseudonymKey(stateDir: string): "present" | "absent" | "damaged" {
	try {
		return readKey(pseudonymKeyFile(stateDir)) === undefined ? "absent" : "present";
	} catch (error) {
		if (error instanceof CtraceError) return "damaged";
		throw error;
	}
}

function readKey(file: string): Uint8Array | undefined {
	let key: Uint8Array;
	try {
		key = readFileSync(file);
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
		throw cause;
	}
	if (key.length === KEY_BYTES) return key;
	throw new CtraceError("config", `${file} is damaged`, {
		hint: "Remove it: a new key is made, and secrets seen before get new tags.",
	});
}

/** Two recorders may start at once: the key is linked into place, so that one wins and both use it. */
function createKey(stateDir: string, file: string, randomBytes: RandomBytes): Uint8Array {
	mkdirSync(stateDir, { recursive: true, mode: 0o700 });
	const draft = `${file}.${Buffer.from(randomBytes(6)).toString("hex")}`;
	writeFileSync(draft, randomBytes(KEY_BYTES), { mode: 0o600, flag: "wx" });
	try {
		linkSync(draft, file);
	} catch (cause) {
		if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
	} finally {
		unlinkSync(draft);
	}
	const key = readKey(file);
	if (key === undefined) throw new CtraceError("permission", `${file} vanished while it was made`);
	return key;
}

/** Tags for one key: the same secret of the same class has the same tag. */
export function createTag(key: Uint8Array): Tag {
	return (ruleId, secret) => {
		const digest = createHmac("sha256", key).update(ruleId).update("\0").update(secret, "utf8").digest();
		return base32(digest);
	};
}

/** Digests of paths and ids: the same for the same text, and without the key no way back. */
export function createDigest(key: Uint8Array): (purpose: string, text: string) => string {
	return (purpose, text) =>
		createHmac("sha256", key).update(`${purpose}\0${text}`, "utf8").digest("base64url").slice(0, 22);
}

/** The key of one export: its tags agree among themselves, and tell nothing about another export's. */
export function deriveExportKey(key: Uint8Array, exportId: string): Uint8Array {
	return new Uint8Array(hkdfSync("sha256", key, exportId, "ctrace export", KEY_BYTES));
}

function base32(digest: Uint8Array): string {
	return Array.from({ length: TAG_CHARACTERS }, (_, i) => BASE32[(digest[i] ?? 0) & 31]).join("");
}
