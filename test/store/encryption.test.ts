/** Encryption at rest, with the real SQLite that encrypts. */
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, linkSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { convertDatabase, leftovers, wipeLeftovers } from "../../src/store/encryption/convert.ts";
import { type DatabaseKey, keyOfPassphrase } from "../../src/store/encryption/database-key.ts";
import { encryptionMark, isEncrypted, readSalt } from "../../src/store/encryption/open-encrypted.ts";
import { openStore } from "../../src/store/open-store.ts";
import { CIPHER } from "../support/cipher.ts";
import { markMasked } from "../support/mark-masked.ts";
import {
	addSession,
	answer,
	makeTurn,
	type TemporaryStore,
	temporaryStore,
} from "../support/stored-session.ts";

/** `npm run test:encryption` brings what they need. */
const encrypting = test.skipIf(CIPHER === null);
const WORD = "quokkaneedle";

function makeKey(): DatabaseKey {
	return { key: randomBytes(32), salt: randomBytes(16) };
}

function filled(): TemporaryStore & { readonly id: string } {
	const scene = temporaryStore();
	const id = addSession(scene, { status: "complete", note: WORD }, [
		makeTurn(1, { items: [answer(`it says ${WORD} once`)] }),
	]);
	scene.store.close();
	return { ...scene, id };
}

function reopen(scene: TemporaryStore, key?: DatabaseKey) {
	return openStore({
		path: scene.path,
		clock: scene.clock,
		ids: scene.ids,
		...(key === undefined ? {} : { findKey: () => key }),
	});
}

function isOnDisk({ path }: TemporaryStore, word: string): boolean {
	const folder = dirname(path);
	return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(word));
}

encrypting("an encrypted database holds no readable byte, works as before, and comes back", () => {
	using scene = filled();
	const key = makeKey();
	expect(isOnDisk(scene, WORD)).toBe(true);
	convertDatabase(scene.path, { to: key });
	expect(isEncrypted(scene.path)).toBe(true);
	expect(readSalt(scene.path).equals(key.salt)).toBe(true);
	expect(isOnDisk(scene, WORD)).toBe(false);
	expect(isOnDisk(scene, "CREATE TABLE")).toBe(false);
	expect(statSync(scene.path).mode & 0o777).toBe(0o600);
	{
		using store = reopen(scene, key);
		expect(store.search([WORD])).toHaveLength(1);
		store.saveTurn(scene.id, markMasked(makeTurn(2, { items: [answer("wombatneedle in the log")] })));
		// While it is open, its log is there, too.
		expect(existsSync(`${scene.path}-wal`)).toBe(true);
		expect(isOnDisk(scene, "wombatneedle")).toBe(false);
		expect(store.checkHealth().damage).toEqual([]);
	}
	convertDatabase(scene.path, { from: key });
	expect(isEncrypted(scene.path)).toBe(false);
	expect(existsSync(encryptionMark(scene.path))).toBe(false);
	using store = reopen(scene);
	expect(store.search(["wombatneedle"])).toHaveLength(1);
	expect(store.readHead(scene.id).note).toBe(WORD);
});

encrypting("without the key, and with a wrong one, it says so and changes nothing", () => {
	using scene = filled();
	convertDatabase(scene.path, { to: makeKey() });
	const before = createHash("sha256").update(readFileSync(scene.path)).digest("hex");
	const refused = (message: RegExp) =>
		expect.objectContaining({ code: "store-encrypted", message: expect.stringMatching(message) });
	expect(() => reopen(scene)).toThrow(refused(/is encrypted, and nobody has its key/));
	expect(() => reopen(scene, { ...makeKey(), salt: readSalt(scene.path) })).toThrow(
		refused(/does not open with this key/),
	);
	expect(() => convertDatabase(scene.path, { from: { ...makeKey(), salt: readSalt(scene.path) } })).toThrow(
		refused(/does not open/),
	);
	expect(createHash("sha256").update(readFileSync(scene.path)).digest("hex")).toBe(before);
});

encrypting("while another connection has it open, nothing is converted", () => {
	using scene = filled();
	{
		using store = reopen(scene);
		expect(() => convertDatabase(scene.path, { to: makeKey() })).toThrow(
			expect.objectContaining({ code: "store-busy" }),
		);
		expect(store.search([WORD])).toHaveLength(1);
	}
	expect(isEncrypted(scene.path)).toBe(false);
	for (const path of leftovers(scene.path)) expect(existsSync(path)).toBe(false);
	convertDatabase(scene.path, { to: makeKey() });
	expect(isEncrypted(scene.path)).toBe(true);
});

encrypting("what a crash left is overwritten, unless it is the database itself under its second name", () => {
	using scene = filled();
	const [draft = "", old = ""] = leftovers(scene.path);
	linkSync(scene.path, old);
	writeFileSync(draft, WORD.repeat(1000));
	const second = join(scene.directory, "second name");
	linkSync(draft, second);
	wipeLeftovers(scene.path);
	expect([existsSync(draft), existsSync(old)]).toEqual([false, false]);
	expect(readFileSync(second).every((byte) => byte === 0)).toBe(true);
	using store = reopen(scene);
	expect(store.search([WORD])).toHaveLength(1);
});

encrypting(
	"a mark beside a readable file means nothing, and a foreign file without one is not touched",
	() => {
		using scene = filled();
		writeFileSync(encryptionMark(scene.path), "");
		expect(isEncrypted(scene.path)).toBe(false);
		reopen(scene).close();
		rmSync(encryptionMark(scene.path));
		writeFileSync(scene.path, randomBytes(8192));
		expect(() => reopen(scene, makeKey())).toThrow(expect.objectContaining({ code: "store-foreign" }));
	},
);

encrypting("a passphrase's key is SQLCipher's, however its letters are composed", () => {
	const salt = Buffer.alloc(16, 7);
	const expected = execFileSync("python3", [
		"-c",
		"import hashlib; print(hashlib.pbkdf2_hmac('sha512', 'caf\\u00e9 and more'.encode(), bytes([7]*16), 256000, 32).hex())",
	]);
	expect(Buffer.from(keyOfPassphrase("cafe\u0301 and more", salt).key).toString("hex")).toBe(
		expected.toString().trim(),
	);
});
