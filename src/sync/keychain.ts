/**
 * The system's keychain, by the system's own tool: libsecret's `secret-tool` (GNOME Keyring, KWallet, KeePassXC …). A secret
 * goes in by the tool's standard input and comes out by its standard output, and is never among its arguments, which
 * every process may read.
 *
 * macOS is not served: its `security` takes a secret as an argument or from a terminal.
 */
import { execFile } from "node:child_process";

export interface Keychain {
	/** False: it is not in the keychain, because there is none, it is locked, or nobody answers. */
	store(account: string, secret: string): Promise<boolean>;
	lookup(account: string): Promise<string | undefined>;
	clear(account: string): Promise<void>;
}

const TOOL = "secret-tool";
/** A locked keychain asks the person; who is not there does not answer. */
const LIMIT_MS = 5_000;

export function createKeychain(tool: string = TOOL, limitMs: number = LIMIT_MS): Keychain {
	const run = (words: string[], input?: string) => runTool(tool, { words, input, limitMs });
	const attributes = (account: string) => ["service", "ctrace", "account", account];
	const lookup = async (account: string) => {
		const secret = await run(["lookup", ...attributes(account)]);
		return secret === undefined || secret === "" ? undefined : secret;
	};
	return {
		store: async (account, secret) => {
			const words = ["store", "--label=ctrace: Supabase", ...attributes(account)];
			if ((await run(words, secret)) === undefined) return false;
			// What cannot be had again is as good as lost.
			return (await lookup(account)) === secret;
		},
		lookup,
		clear: async (account) => void (await run(["clear", ...attributes(account)])),
	};
}

/** Its output without the end of its last line; undefined when it failed, is not there or took too long. */
function runTool(
	tool: string,
	{
		words,
		input = "",
		limitMs,
	}: { readonly words: string[]; readonly input?: string | undefined; readonly limitMs: number },
): Promise<string | undefined> {
	return new Promise((resolve) => {
		const child = execFile(tool, words, { timeout: limitMs, killSignal: "SIGKILL" }, (error, output) =>
			resolve(error === null ? output.replace(/\n$/, "") : undefined),
		);
		child.stdin?.on("error", () => {}); // it did not want to hear it
		child.stdin?.end(input);
	});
}
