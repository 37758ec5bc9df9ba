/** `ctrace encrypt` and `decrypt` as a person meets them. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isEncrypted } from "../../src/store/encryption/open-encrypted.ts";
import { CIPHER } from "../support/cipher.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

/** `npm run test:encryption` brings what they need. */
const encrypting = test.skipIf(CIPHER === null);
const PASSPHRASE = "correct horse battery staple";

function filled(): CliScene {
	const place = cliScene(cli);
	addSession(place.scene, { status: "complete" }, [makeTurn(1, { items: [answer("quokkaneedle")] })]);
	place.scene.store.close();
	return place;
}

function databaseOf({ home }: CliScene): string {
	return join(home, "ct", "data", "ctrace.db");
}

/** As libsecret's tool behaves: a secret comes on the standard input and goes to the standard output. */
function giveKeychain(place: CliScene): string {
	const bin = join(place.home, "bin");
	const kept = join(place.home, "kept");
	mkdirSync(bin);
	const script = `#!/bin/sh
case "$1" in
store) shift 2; cat >"${kept}.$4" ;;
lookup) test -e "${kept}.$5" && cat "${kept}.$5" ;;
clear) rm -f "${kept}.$5" ;;
esac
`;
	writeFileSync(join(bin, "secret-tool"), script, { mode: 0o755 });
	place.env.PATH = bin + delimiter + place.env.PATH;
	return kept;
}

encrypting("with a passphrase: typed twice, then taken from the environment", () => {
	using place = filled();
	expect(
		place.type(`${PASSPHRASE}\nanother one entirely\n`, "encrypt", "--passphrase", "--yes"),
	).toMatchObject({
		code: 2,
		err: expect.stringContaining("not the same"),
	});
	expect(place.type("short\nshort\n", "encrypt", "--passphrase", "--yes").err).toContain(
		"at least 12 characters",
	);
	const done = place.type(`${PASSPHRASE}\n${PASSPHRASE}\n`, "encrypt", "--passphrase", "--yes");
	expect(done).toMatchObject({ code: 0, out: expect.stringContaining("CTRACE_PASSPHRASE has to be set") });
	expect(isEncrypted(databaseOf(place))).toBe(true);
	expect(place.run("search", "quokkaneedle")).toMatchObject({
		code: 1,
		err: expect.stringContaining("is encrypted, and nobody has its key"),
	});
	place.env.CTRACE_PASSPHRASE = "not the one that it was";
	expect(place.run("search", "quokkaneedle")).toMatchObject({
		code: 1,
		err: expect.stringContaining("does not open with this key"),
	});
	place.env.CTRACE_PASSPHRASE = PASSPHRASE;
	expect(place.run("search", "quokkaneedle")).toMatchObject({ code: 0 });
	expect(place.run("config", "list").out).not.toContain(PASSPHRASE);
	expect(place.run("decrypt", "--yes")).toMatchObject({ code: 0 });
	delete place.env.CTRACE_PASSPHRASE;
	expect(place.run("search", "quokkaneedle").code).toBe(0);
	expect(readFileSync(databaseOf(place)).includes("quokkaneedle")).toBe(true);
});

encrypting("with the keychain: nothing to type, and forgotten when it is taken off", () => {
	using place = filled();
	giveKeychain(place);
	expect(place.run("encrypt")).toMatchObject({ code: 2, err: expect.stringContaining("--yes") });
	expect(place.run("encrypt", "--yes")).toMatchObject({ code: 0, out: expect.stringContaining("keychain") });
	expect(isEncrypted(databaseOf(place))).toBe(true);
	expect(place.run("search", "quokkaneedle").code).toBe(0);
	expect(place.run("encrypt", "--yes").out).toBe("The database is encrypted.\n");
	expect(place.run("doctor").out).toContain("the database is encrypted");
	place.env.CTRACE_KEYCHAIN = "off";
	expect(place.run("search", "quokkaneedle").err).toContain("nobody has its key");
	delete place.env.CTRACE_KEYCHAIN;
	expect(place.run("decrypt", "--yes").code).toBe(0);
	expect(place.run("search", "quokkaneedle").code).toBe(0);
	expect(place.run("decrypt", "--yes").out).toBe("The database is not encrypted.\n");
});

encrypting("without a keychain it says how else", () => {
	using place = filled();
	expect(place.run("encrypt", "--yes")).toMatchObject({
		code: 1,
		err: expect.stringContaining("ctrace encrypt --passphrase"),
	});
	expect(isEncrypted(databaseOf(place))).toBe(false);
});
