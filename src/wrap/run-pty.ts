/** A command on a pseudo-terminal, from start to end. */
import { constants, openSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import type { ChildExit } from "../terminal/child-exit.ts";
import { JobControl } from "../terminal/job-control.ts";
import { forkPty, type PtyChild, type PtyCommand, warmUpPty } from "../terminal/native-pty.ts";
import { OuterTerminal } from "../terminal/outer-terminal.ts";
import { type Plumbing, preparePlumbing } from "../terminal/plumbing.ts";
import { hasJobControl } from "../terminal/process-state.ts";
import { PtySession } from "../terminal/pty-session.ts";
import { withTerminal } from "../terminal/suspend-key.ts";
import { differsFromNewPty, settingsDoor } from "../terminal/terminal-settings.ts";
import type { CommandToRun } from "./command.ts";
import type { Recording } from "./recording.ts";
import { forwardSignals } from "./signals.ts";

export interface RunPtyOptions {
	readonly command: CommandToRun;
	readonly plan: { readonly relayInput: boolean; readonly relayError: boolean };
	readonly recording: Recording;
	readonly now: () => number;
}

export async function runPty(options: RunPtyOptions): Promise<ChildExit> {
	const { plan, recording, now } = options;
	const inputFd = plan.relayInput ? openSync("/dev/tty", constants.O_RDWR) : 0;
	const outer = new OuterTerminal({ inputFd, outputFd: 1, output: process.stdout });
	const size = outer.size();
	warmUpPty(); // while the terminal's settings are read
	const [settings, plumbing] = await Promise.all([outer.settings, preparePlumbing(plan, tmpdir())]);
	const command = { ...plumbing.adapt(options.command), env: options.command.env, size };
	const child = begin(command, { outer, plumbing });
	const ready = inheritSettings(child, settings);
	const transparent = outer.enterRaw();
	await ready; // the command runs: what follows it does not wait for
	recording.start({ pid: child.pid, attachment: "pty", size, keepBack: [child.fd] });
	const session = new PtySession({
		child,
		outer,
		now,
		size,
		observe: recording.observe,
		onSuspendKey: () => void job.suspendKeyTyped(),
	});
	const job = new JobControl({
		child,
		outer,
		session,
		signalChild: groupSignaller(child),
		askSize,
		canStop,
		stopSelf,
	});
	connect(plumbing, { recording, now });
	void transparent.then(() => session.show());
	const disconnect = listen({ child, session, job });
	const exit = await session.finished();
	await plumbing.finish();
	disconnect();
	await outer.leaveRaw();
	return exit;
}

/** Throws `spawn` where there is no pseudo-terminal to be had; the user's own is free then. */
function begin(
	command: PtyCommand,
	{ outer, plumbing }: { readonly outer: OuterTerminal; readonly plumbing: Plumbing },
): PtyChild {
	try {
		return forkPty(command);
	} catch (error) {
		outer.standAside();
		void plumbing.finish();
		throw error;
	}
}

/**
 * The child is to see the line settings of the user's own terminal (erase key, flow control …). A new
 * pseudo-terminal has others, so the child is held at its very first instruction while they are set.
 */
async function inheritSettings(child: PtyChild, settings: string | undefined): Promise<void> {
	if (settings === undefined || !differsFromNewPty(settings)) return;
	trySignal(child.pid, "SIGSTOP");
	const isFresh = process.platform !== "linux" || isBeforeExec(child.pid);
	await withTerminal(child.path, async (fd) => {
		// Stopped too late: it may have made settings of its own, and those are not ours to change.
		if (!isFresh && (await settingsDoor().read(fd).then(differsFromFresh))) return;
		await settingsDoor().apply(fd, settings);
	});
	trySignal(child.pid, "SIGCONT");
}

function differsFromFresh(settings: string | undefined): boolean {
	return settings === undefined || differsFromNewPty(settings);
}

/** Whether the process is still a copy of this one, about to become the command. */
function isBeforeExec(pid: number): boolean {
	try {
		return readlinkSync(`/proc/${pid}/exe`) === readlinkSync("/proc/self/exe");
	} catch {
		return false;
	}
}

function connect(
	plumbing: Plumbing,
	to: { readonly recording: Recording; readonly now: () => number },
): void {
	plumbing.connect({
		input: () => process.stdin, // looked at only when it is relayed: a terminal must not be opened twice
		onInput: (data) => to.recording.observe({ kind: "input", at: to.now(), data }),
		onError: (data) => to.recording.observe({ kind: "output", at: to.now(), data }),
	});
}

interface Listening {
	readonly child: PtyChild;
	readonly session: PtySession;
	readonly job: JobControl;
}

function listen({ child, session, job }: Listening): () => void {
	const onResize = () => session.resize();
	const onStop = () => void job.stopRequested();
	// A hang-up comes with a SIGCONT: there is no terminal left to take back then.
	const onContinue = () => void (process.stdout.destroyed || job.continued());
	const onChild = () => void job.childChanged();
	process.on("SIGWINCH", onResize);
	process.on("SIGTSTP", onStop);
	process.on("SIGCONT", onContinue);
	process.on("SIGCHLD", onChild);
	const send = (signal: NodeJS.Signals) => trySignal(signal === "SIGHUP" ? -child.pid : child.pid, signal);
	const stopForwarding = forwardSignals(send, { hearsKeyboard: false });
	askSize(); // it may have changed since it was read
	return () => {
		stopForwarding();
		process.off("SIGWINCH", onResize);
		process.off("SIGTSTP", onStop);
		process.off("SIGCONT", onContinue);
		process.off("SIGCHLD", onChild);
	};
}

function groupSignaller(child: PtyChild): (signal: NodeJS.Signals) => void {
	return (signal) => trySignal(-child.pid, signal);
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It has just ended.
	}
}

/** Node reads a terminal's size again when this signal comes, and then tells us. */
function askSize(): void {
	if (!process.stdout.destroyed) process.kill(process.pid, "SIGWINCH");
}

function canStop(): boolean {
	return hasJobControl(process.pid);
}

function stopSelf(): Promise<void> {
	return new Promise((resolve) => {
		process.once("SIGCONT", () => resolve());
		process.kill(process.pid, "SIGSTOP");
	});
}
