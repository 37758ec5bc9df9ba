/**
 * Runs the real git in a repository of ctrace's own. The token goes to it in the environment of the one process that
 * asks for it, through a credential helper that is given with the command: never in an address, an argument or a file.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { explainGit } from "./explain-git.ts";
import { GitFailure } from "./git-failure.ts";

export interface GitPlace {
	/** The bare repository. */
	readonly directory: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** For the host; absent: whatever the person's git uses, an SSH key for instance. */
	readonly token?: string;
	readonly signal: AbortSignal;
}

const TOKEN_NAME = "CTRACE_GIT_TOKEN";
/** Prints what git asks a credential helper for; the shell takes the token from the environment. */
const HELPER = `!f() { test "$1" = get && echo username=x-access-token && echo "password=$${TOKEN_NAME}"; }; f`;
const REASON_BYTES = 4000;
const OUTPUT_BYTES = 512 * 1024 * 1024;

function settingsOf({ token }: GitPlace): string[] {
	const own = token === undefined ? [] : ["-c", "credential.helper=", "-c", `credential.helper=${HELPER}`];
	return [
		...own,
		// The person's hooks and signing are for the person's work.
		"-c",
		"core.hooksPath=/dev/null",
		"-c",
		"commit.gpgSign=false",
		"-c",
		"http.sslVerify=true",
		"-c",
		"gc.auto=0",
		"-c",
		"protocol.ext.allow=never",
	];
}

function environmentOf({ env, token }: GitPlace): NodeJS.ProcessEnv {
	const {
		GIT_SSL_NO_VERIFY: _unsafe,
		GIT_TRACE_CURL: _curl,
		GIT_TRACE: _trace,
		GIT_CURL_VERBOSE: _verbose,
		...rest
	} = env;
	const clean = Object.fromEntries(
		Object.entries(rest).filter(
			([name]) => !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|CONFIG.*|TRACE.*)$/u.test(name),
		),
	);
	return {
		...clean,
		GIT_TERMINAL_PROMPT: "0",
		LC_ALL: "C",
		...(token === undefined ? {} : { GIT_ASKPASS: "true", SSH_ASKPASS: "true", [TOKEN_NAME]: token }),
	};
}

/** Gives what it printed. Throws `GitFailure`. */
export async function runGit(
	place: GitPlace,
	args: readonly string[],
	input?: Iterable<Uint8Array>,
): Promise<Buffer> {
	const child = spawn("git", [...settingsOf(place), "-C", place.directory, ...args], {
		env: environmentOf(place),
		stdio: ["pipe", "pipe", "pipe"],
		signal: place.signal,
	});
	const [code, output, words] = await finish(child, input);
	if (code === 0) return output;
	// A push says on its standard output why a branch was not taken; elsewhere contents stand there.
	const reasons = args[0] === "push" ? output.subarray(0, REASON_BYTES).toString("utf8") : "";
	throw explainGit(`${words}\n${reasons}`, args[0] ?? "");
}

async function finish(
	child: ChildProcessWithoutNullStreams,
	input: Iterable<Uint8Array> | undefined,
): Promise<[code: number, output: Buffer, words: string]> {
	const output: Buffer[] = [];
	let words = "";
	let size = 0;
	child.stdout.on("data", (piece: Buffer) => {
		size += piece.length;
		if (size <= OUTPUT_BYTES) output.push(piece);
	});
	child.stderr.setEncoding("utf8").on("data", (piece: string) => {
		words = (words + piece).slice(-8000);
	});
	const ended = new Promise<number>((resolve, reject) => {
		child.on("error", (cause) => reject(startFailure(cause)));
		child.on("close", (code) => resolve(code ?? 1));
	});
	// A git that ends early breaks the pipe; its own words say why.
	child.stdin.on("error", () => {});
	const written = feed(child, input ?? []);
	const [code] = await Promise.all([ended, written]);
	return [code, Buffer.concat(output), words];
}

async function feed({ stdin }: ChildProcessWithoutNullStreams, input: Iterable<Uint8Array>): Promise<void> {
	for (const piece of input) {
		if (stdin.destroyed) return;
		if (!stdin.write(piece)) await drained(stdin);
	}
	stdin.end();
}

function drained(stdin: ChildProcessWithoutNullStreams["stdin"]): Promise<void> {
	return new Promise((resolve) => {
		const go = () => {
			stdin.off("drain", go);
			stdin.off("close", go);
			resolve();
		};
		stdin.on("drain", go);
		stdin.on("close", go);
	});
}

function startFailure(cause: Error): Error {
	if (!("code" in cause) || cause.code !== "ENOENT") return cause;
	return new GitFailure("no-git", "git is not installed", "Install git; ctrace uses it as it is.");
}
