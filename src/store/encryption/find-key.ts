/** Where a database's key is found: a passphrase that was handed over, or the system's keychain, under the file's own salt. */
import { spawnSync } from "node:child_process";
import { type DatabaseKey, type FindKey, hex, KEY_BYTES, keyOfPassphrase } from "./database-key.ts";

export interface KeySources {
	readonly passphrase: string | undefined;
	readonly isKeychainUsed: boolean;
}

/** libsecret's; a secret goes in by its standard input and comes out by its standard output. */
const TOOL = "secret-tool";
/** A locked keychain asks the person; who is not there does not answer. */
const LIMIT_MS = 5_000;
const KEY = new RegExp(`^[0-9a-f]{${KEY_BYTES * 2}}$`);

export function createFindKey({ passphrase, isKeychainUsed }: KeySources): FindKey {
	const found = new Map<string, DatabaseKey>();
	return (salt) => {
		const name = hex(salt);
		const known = found.get(name);
		if (known !== undefined) return known;
		const key =
			passphrase !== undefined
				? keyOfPassphrase(passphrase, salt)
				: isKeychainUsed
					? lookUp(salt)
					: undefined;
		if (key !== undefined) found.set(name, key);
		return key;
	};
}

function lookUp(salt: Uint8Array): DatabaseKey | undefined {
	const said = runTool(["lookup", ...attributes(salt)]);
	return said !== undefined && KEY.test(said) ? { key: Buffer.from(said, "hex"), salt } : undefined;
}

/** False: there is no keychain that keeps it. */
export function keepInKeychain({ key, salt }: DatabaseKey): boolean {
	const words = ["store", "--label=ctrace: the key of your sessions", ...attributes(salt)];
	if (runTool(words, hex(key)) === undefined) return false;
	const kept = lookUp(salt);
	// What cannot be had again is as good as lost.
	return kept !== undefined && hex(kept.key) === hex(key);
}

export function forgetInKeychain(salt: Uint8Array): void {
	runTool(["clear", ...attributes(salt)]);
}

function attributes(salt: Uint8Array): string[] {
	return ["service", "ctrace", "account", `database ${hex(salt)}`];
}

function runTool(words: readonly string[], input = ""): string | undefined {
	const options = { input, encoding: "utf8", timeout: LIMIT_MS, killSignal: "SIGKILL" } as const;
	const { status, stdout } = spawnSync(TOOL, words, options);
	return status === 0 ? stdout.replace(/\n$/, "") : undefined;
}
