/**
 * Suspending and resuming, as the user's shell expects it of any program:
 *
 *   running --child stopped--> giving back the terminal --> stopped --SIGCONT--> running
 */
import type { OuterTerminal } from "./outer-terminal.ts";
import { readProcessState } from "./process-state.ts";
import type { PtySession } from "./pty-session.ts";
import { SUSPEND_CHECKS_MS, wantsToStop } from "./suspend-key.ts";

/** Time for a program that handles SIGTSTP itself, before it is stopped from outside. */
const POLITE_STOP_MS = 100;

export interface JobControlOptions {
	readonly child: { readonly pid: number; readonly path: string };
	readonly outer: OuterTerminal;
	readonly session: PtySession;
	/** Signals the child's whole process group. */
	readonly signalChild: (signal: NodeJS.Signals) => void;
	/** Has the terminal's size looked at again: nobody is told when it changes while stopped. */
	readonly askSize: () => void;
	/** Whether anybody could continue this process after a stop. */
	readonly canStop: () => boolean;
	/** Stops this process; resolves when it has been continued. */
	readonly stopSelf: () => Promise<void>;
}

export class JobControl {
	readonly #options: JobControlOptions;
	#state: "running" | "suspended" = "running";

	constructor(options: JobControlOptions) {
		this.#options = options;
	}

	/** Something happened to the child (SIGCHLD): if it stopped, stop with it. */
	async childChanged(): Promise<void> {
		if (this.#state === "suspended") return;
		const state = await readProcessState(this.#options.child.pid);
		if (state?.stopped === true && this.#options.canStop()) await this.#suspend();
	}

	/** The key that suspends was typed: carry out the stop if the child asks for it and cannot. */
	async suspendKeyTyped(): Promise<void> {
		for (const ms of SUSPEND_CHECKS_MS) {
			await delay(ms);
			if (this.#state === "suspended") return;
			if (await wantsToStop(this.#options.child)) {
				// Without a shell to come back to, a program that waits for its SIGCONT gets it at once.
				this.#options.signalChild(this.#options.canStop() ? "SIGSTOP" : "SIGCONT");
				return;
			}
		}
	}

	/** Somebody asked ctrace to stop. */
	async stopRequested(): Promise<void> {
		if (!this.#options.canStop()) return;
		this.#options.signalChild("SIGTSTP");
		await delay(POLITE_STOP_MS);
		if (this.#state === "running") this.#options.signalChild("SIGSTOP");
	}

	/** Continued from outside without having stopped here (`kill -STOP`): the shell has changed the terminal meanwhile. */
	async continued(): Promise<void> {
		if (this.#state === "suspended") return;
		await this.#options.outer.leaveRaw();
		await this.#takeTerminal();
	}

	async #suspend(): Promise<void> {
		if (this.#state === "suspended") return;
		this.#state = "suspended";
		await this.#options.session.hide();
		await this.#options.outer.leaveRaw();
		await this.#options.stopSelf();
		await this.#takeTerminal();
		this.#options.signalChild("SIGCONT");
		this.#state = "running";
	}

	async #takeTerminal(): Promise<void> {
		await this.#options.outer.enterRaw();
		this.#options.session.show();
		this.#options.askSize();
	}
}

function delay(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}
