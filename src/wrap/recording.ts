/** Starts the recording of a session, if it can be started, and knows in the end what to say about it. */

import { homedir } from "node:os";
import { leaveNoCoreDumps } from "../config/leave-no-traces.ts";
import { resolvePaths } from "../config/paths.ts";
import { markStarting } from "../config/starting-mark.ts";
import { CtraceError } from "../core/errors.ts";
import type { TerminalSize } from "../core/event.ts";
import { encodeMessage, type SessionStart } from "../core/wire.ts";
import type { Observe } from "../terminal/observer.ts";
import { whyNotWritable } from "./disk-check.ts";
import { failureNotice, pauseNotice, unrecordedNotice } from "./notice.ts";
import { RecorderLink } from "./recorder-link.ts";
import { spawnRecorder } from "./spawn-recorder.ts";

/** A terminal that does not know its size is recorded as the classic one. */
const DEFAULT_SIZE: TerminalSize = { cols: 80, rows: 24 };

/** A command that says nothing for so long is listened to all the same, and so is its recorder. */
const QUIET_START_MS = 50;

export interface RecordingOptions {
	readonly script: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly command: readonly string[];
	readonly transcripts: boolean;
	readonly sessionId: string;
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: number;
	/** Milliseconds since `startedAt`. */
	readonly now: () => number;
}

export interface ChildFacts {
	readonly pid: number | undefined;
	readonly attachment: "pty" | "pipe";
	readonly size?: TerminalSize;
	/** Our descriptors that the recorder must not inherit. */
	readonly keepBack?: readonly number[];
}

export class Recording {
	readonly #options: RecordingOptions;
	#link: RecorderLink | undefined;
	/** Makes the link to the recorder that was started. */
	#connect: (() => RecorderLink) | undefined;
	#notice: string | undefined;

	constructor(options: RecordingOptions) {
		this.#options = options;
	}

	/** Takes a copy of what passed; also before `start`, when it is simply not recorded. */
	readonly observe: Observe = (event) => (this.#link ?? this.#connected())?.observe(event);

	/** The command runs: from now on it is recorded. Never throws. */
	start(child: ChildFacts): void {
		leaveNoCoreDumps(); // what passed through this process must not lie around when it dies like a crashed command
		this.#surviveOwnErrors();
		const { env, startedAt, now } = this.#options;
		const problem = findProblem(env) ?? this.#mark();
		if (problem !== undefined) {
			this.giveUp(problem);
			return;
		}
		try {
			const first = encodeMessage({ kind: "start", start: this.#describe(child, startedAt) });
			const recorder = spawnRecorder(
				{ script: this.#options.script, env, first, keepBack: child.keepBack ?? [] },
				(reason) => this.#connected()?.fail(reason),
			);
			this.#connect = () => new RecorderLink({ channels: recorder.open(), now });
			setTimeout(() => this.#connected(), QUIET_START_MS).unref();
		} catch {
			this.giveUp("the recorder could not be started");
		}
	}

	/** Made when the first thing has passed, and not before it. */
	#connected(): RecorderLink | undefined {
		const connect = this.#connect;
		this.#connect = undefined;
		try {
			this.#link ??= connect?.();
		} catch {
			this.giveUp("the recorder could not be reached");
		}
		return this.#link;
	}

	/** There is no recording, for a reason that the user should know. */
	giveUp(reason: string): void {
		this.#notice = unrecordedNotice(reason);
	}

	/** A mistake of ours must end neither the user's session nor its record: it is said afterwards. */
	#surviveOwnErrors(): void {
		const remember = () => {
			this.#notice ??= "ctrace: it made a mistake of its own in this session; the record may be incomplete";
		};
		process.on("uncaughtException", remember);
		process.on("unhandledRejection", remember);
	}

	/** The command has ended: hands over the rest. Resolves to what the user has to be told. */
	async finish(): Promise<string | undefined> {
		await this.#connected()?.close();
		const failure = this.#link?.failure;
		if (failure === undefined)
			return this.#notice ?? (this.#link === undefined ? undefined : pauseNotice(this.#link.pauses));
		return failureNotice(failure, this.#options.startedAt);
	}

	/** Says that one more session is coming, for whoever asks for the newest before the recorder has begun. */
	#mark(): string | undefined {
		const { env, startedAt } = this.#options;
		try {
			const { state } = resolvePaths({ env, platform: process.platform, home: homedir() });
			markStarting(state, { wrapperPid: process.pid, startedAt });
			return undefined;
		} catch {
			return "its place on the disk cannot be written";
		}
	}

	#describe(child: ChildFacts, startedAt: number): SessionStart {
		const { command, transcripts, sessionId } = this.#options;
		const isKnown = child.size !== undefined && child.size.cols > 0 && child.size.rows > 0;
		return {
			command,
			cwd: currentFolder(),
			startedAt,
			...(isKnown ? child.size : DEFAULT_SIZE),
			attachment: child.attachment,
			wrapperPid: process.pid,
			childPid: child.pid,
			transcripts,
			sessionId,
		};
	}
}

/** What is known to be in the way before the recorder has even started. */
function findProblem(env: Readonly<Record<string, string | undefined>>): string | undefined {
	try {
		return whyNotWritable(resolvePaths({ env, platform: process.platform, home: homedir() }).data);
	} catch (error) {
		return error instanceof CtraceError ? error.message : "its place on the disk is not known";
	}
}

function currentFolder(): string {
	try {
		return process.cwd();
	} catch {
		return process.env.PWD ?? "/"; // deleted under our feet
	}
}
