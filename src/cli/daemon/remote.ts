/** What the commands can do about the daemon. Loaded only by those that have to do with it. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { CtraceError, type ErrorCode, isErrorCode } from "../../core/errors.ts";
import { type Answer, askDaemon } from "../../daemon/control-client.ts";
import { type DaemonPlaces, daemonPlaces } from "../../daemon/places.ts";
import type { Request } from "../../daemon/protocol.ts";
import { readSavedState, type SavedDaemon } from "../../daemon/saved-state.ts";
import { takeProcessLock } from "../../store/process-lock.ts";

export interface RemoteOptions {
	readonly stateDir: string;
	/** `dist/daemon.js`. */
	readonly script: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly isProcessAlive: (pid: number, bootId: string | undefined) => boolean;
}

/** A daemon that is idle answers at once; one that does not within this is asked in vain. */
const ANSWER_MS = 5_000;
/** From start to the first answer; a machine that just booted is slow. */
const START_MS = 20_000;
/** Meant for the person's own programs. */
const FOREIGN_VARIABLES = ["NODE_OPTIONS", "NODE_V8_COVERAGE", "NODE_REPL_EXTERNAL_MODULE", "CTRACE_SESSION"];
const NEWS_FD = 3;

export class DaemonRemote {
	readonly places: DaemonPlaces;
	readonly #options: RemoteOptions;

	constructor(options: RemoteOptions) {
		this.#options = options;
		this.places = daemonPlaces(options.stateDir);
	}

	/** Undefined when no daemon listens. Throws `daemon` and `permission`. */
	ask(request: Request, limitMs: number | undefined = ANSWER_MS): Promise<Answer | undefined> {
		const limit = limitMs === undefined ? {} : { limitMs };
		return askDaemon(request, { places: this.places, directory: process, ...limit });
	}

	/** As `ask`, for something that takes as long as it takes. */
	askPatiently(request: Request): Promise<Answer | undefined> {
		return askDaemon(request, { places: this.places, directory: process });
	}

	/** Whether a daemon lives, though it may not answer. */
	isLocked(): boolean {
		if (!existsSync(this.places.lock)) return false;
		const lock = takeProcessLock(this.places.lock);
		lock?.release();
		return lock === undefined;
	}

	/** What the last daemon left behind. */
	savedState(): SavedDaemon | "absent" | "damaged" {
		return readSavedState(this.places.state);
	}

	/** The pid of a daemon that lives and does not answer, as far as it is known. */
	silentPid(): number | undefined {
		const saved = this.savedState();
		if (typeof saved === "string" || saved.stoppedAt !== undefined) return undefined;
		return this.#options.isProcessAlive(saved.pid, saved.bootId) ? saved.pid : undefined;
	}

	/** Gives the pid once it can be spoken to. Throws what kept it from starting. */
	async startInBackground(): Promise<number> {
		const env = { ...this.#options.env };
		for (const name of FOREIGN_VARIABLES) delete env[name];
		const child = spawn(process.execPath, [this.#options.script, "background"], {
			detached: true,
			cwd: "/",
			env,
			stdio: ["ignore", "ignore", "ignore", "pipe"],
		});
		const failed = new Promise<string>((_, reject) =>
			child.on("error", (cause) =>
				reject(new CtraceError("spawn", "the daemon cannot be started", { cause })),
			),
		);
		const channel = child.stdio[NEWS_FD] as Readable;
		const line = await Promise.race([firstLine(channel), failed]);
		channel.destroy();
		child.unref();
		return parseNews(line);
	}
}

async function firstLine(channel: Readable): Promise<string> {
	const timer = setTimeout(() => channel.destroy(), START_MS);
	let text = "";
	try {
		for await (const part of channel.setEncoding("utf8")) {
			text += part;
			if (text.includes("\n")) break;
		}
	} catch {
		// It took too long: what it said so far is all there is.
	} finally {
		clearTimeout(timer);
	}
	return text;
}

interface News {
	readonly pid?: number;
	readonly code?: string;
	readonly text?: string;
}

function parseNews(line: string): number {
	if (line === "")
		throw new CtraceError("daemon", "the daemon ended before it could be spoken to", {
			hint: "See why: ctrace start",
		});
	const news: News = JSON.parse(line);
	if (news.pid !== undefined) return news.pid;
	const code: ErrorCode = isErrorCode(news.code ?? "") ? (news.code as ErrorCode) : "daemon";
	const [message = "", hint] = (news.text ?? "").split("\n");
	throw new CtraceError(code, message, hint === undefined ? {} : { hint });
}
