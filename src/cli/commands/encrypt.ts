import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { CtraceError } from "../../core/errors.ts";
import type { Command, CommandArguments } from "../command.ts";
import type { CliContext } from "../context.ts";
import { isAgreed } from "./install.ts";

const SHORTEST = 12;
const YES = { name: "yes", letter: "y", summary: "Do not ask" } as const;

export const encryptCommand: Command = {
	path: ["encrypt"],
	operands: "",
	section: "Privacy",
	summary: "Encrypt the database, in place",
	examples: [
		["ctrace encrypt", "with a key in the system's keychain"],
		["ctrace encrypt --passphrase", "asks for one; later it comes from CTRACE_PASSPHRASE"],
	],
	options: [{ name: "passphrase", summary: "A passphrase instead of the keychain" }, YES],
	run: async (context, args) => {
		args.atMost(0);
		const { paths } = context.config;
		const { loadCipherModule } = await import("../../store/encryption/cipher-module.ts");
		const { isEncrypted } = await import("../../store/encryption/open-encrypted.ts");
		const { convertDatabase, wipeLeftovers } = await import("../../store/encryption/convert.ts");
		loadCipherModule();
		if (isEncrypted(paths.database)) {
			wipeLeftovers(paths.database);
			context.stdout.write("The database is encrypted.\n");
			return 0;
		}
		// Made or upgraded first: what is encrypted is a whole database.
		context.openStore().close();
		const { key, hint, forget } = await makeKey(context, args);
		if (!(await mayGoOn(context, args, "Encrypt the database? Without its key nobody can read it again."))) {
			forget();
			return 1;
		}
		try {
			convertDatabase(paths.database, { to: key });
		} catch (error) {
			if (!isEncrypted(paths.database)) forget();
			throw error;
		}
		context.stdout.write(`The database is encrypted. ${hint}\n`);
		return 0;
	},
};

export const decryptCommand: Command = {
	path: ["decrypt"],
	operands: "",
	section: "Privacy",
	summary: "Take the database's encryption off, in place",
	examples: [["ctrace decrypt", "with the key of the keychain, or of CTRACE_PASSPHRASE"]],
	options: [YES],
	run: async (context, args) => {
		args.atMost(0);
		const { paths, passphrase, keychain } = context.config;
		const { isEncrypted, keyFor } = await import("../../store/encryption/open-encrypted.ts");
		if (!existsSync(paths.database) || !isEncrypted(paths.database)) {
			context.stdout.write("The database is not encrypted.\n");
			return 0;
		}
		const { createFindKey, forgetInKeychain } = await import("../../store/encryption/find-key.ts");
		const key = keyFor(paths.database, createFindKey({ passphrase, isKeychainUsed: keychain }));
		if (key === undefined) return 1;
		if (!(await mayGoOn(context, args, "Take the encryption off?"))) return 1;
		const { convertDatabase } = await import("../../store/encryption/convert.ts");
		convertDatabase(paths.database, { from: key });
		if (passphrase === undefined) forgetInKeychain(key.salt);
		context.stdout.write("The database is not encrypted any more.\n");
		return 0;
	},
};

async function makeKey(context: CliContext, args: CommandArguments) {
	const { KEY_BYTES, keyOfPassphrase, SALT_BYTES } = await import("../../store/encryption/database-key.ts");
	const { forgetInKeychain, keepInKeychain } = await import("../../store/encryption/find-key.ts");
	const salt = randomBytes(SALT_BYTES);
	if (args.has("passphrase") || context.config.passphrase !== undefined)
		return {
			key: keyOfPassphrase(await readPassphrase(context), salt),
			hint: "Wherever ctrace runs, CTRACE_PASSPHRASE has to be set now: nobody asks for it in the background.",
			forget: () => {},
		};
	const key = { key: randomBytes(KEY_BYTES), salt };
	if (context.config.keychain && keepInKeychain(key))
		return { key, hint: "Its key is in your system's keychain.", forget: () => forgetInKeychain(salt) };
	throw new CtraceError("config", "there is no keychain here that keeps a key", {
		hint: "Take a passphrase: ctrace encrypt --passphrase",
	});
}

/** Throws `usage` for one that is too short, or not the same twice. */
async function readPassphrase(context: CliContext): Promise<string> {
	const known = context.config.passphrase;
	const dialog = known === undefined ? context.openDialog() : undefined;
	try {
		const first = known ?? (await dialog?.ask("Passphrase: ", { isSecret: true })) ?? "";
		if (first.length < SHORTEST)
			throw new CtraceError("usage", `a passphrase has at least ${SHORTEST} characters`);
		const second = known ?? (await dialog?.ask("Once more: ", { isSecret: true }));
		if (first === second) return first;
		throw new CtraceError("usage", "the two are not the same");
	} finally {
		dialog?.close();
	}
}

async function mayGoOn(context: CliContext, args: CommandArguments, question: string): Promise<boolean> {
	if (args.has("yes") || (await isAgreed(context, question))) return true;
	context.stderr.write("Nothing was changed.\n");
	return false;
}
