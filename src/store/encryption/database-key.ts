/**
 * The key of an encrypted database. Its form is SQLCipher's, version 4, so that other tools read it: the file's first 16 bytes are a
 * salt; a passphrase becomes a key by PBKDF2 with HMAC-SHA-512 and 256,000 rounds over it.
 * Source: the design page of SQLCipher, https://www.zetetic.net/sqlcipher/design/
 */
import { pbkdf2Sync } from "node:crypto";

export const SALT_BYTES = 16;
export const KEY_BYTES = 32;
const ROUNDS = 256_000;

export interface DatabaseKey {
	/** 32 bytes. */
	readonly key: Uint8Array;
	/** The first 16 bytes of the file. */
	readonly salt: Uint8Array;
}

/** Undefined where nobody has the key. Asked with the file's own salt; derives a key once. */
export type FindKey = (salt: Uint8Array) => DatabaseKey | undefined;

export function keyOfPassphrase(passphrase: string, salt: Uint8Array): DatabaseKey {
	return { key: pbkdf2Sync(passphrase.normalize("NFC"), salt, ROUNDS, KEY_BYTES, "sha512"), salt };
}

/** As SQLCipher takes a key that needs no deriving. */
export function keyLiteral({ key, salt }: DatabaseKey): string {
	return `"x'${hex(key)}${hex(salt)}'"`;
}

export function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString("hex");
}
