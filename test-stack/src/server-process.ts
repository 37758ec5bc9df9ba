/** A server of the stack as a child: its log is kept, and it goes when its starter goes, however that ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";

/** Sends the child a signal when its parent dies, `kill -9` included. Linux. */
const SETPRIV = "/usr/bin/setpriv";
const KEPT_LOG_CHARS = 20_000;

export interface ServerProcess {
	readonly log: () => string;
	readonly isGone: () => boolean;
	readonly stop: () => Promise<void>;
}

export interface ServerCommand {
	readonly file: string;
	readonly args: readonly string[];
	readonly env: NodeJS.ProcessEnv;
	readonly cwd?: string;
	readonly stopSignal: NodeJS.Signals;
	/** Runs as another user; only root may ask for it. */
	readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

export function startServer(command: ServerCommand): ServerProcess {
	const [file, args] = withDeathSignal(command);
	const child = spawn(file, args, {
		env: command.env,
		stdio: ["ignore", "pipe", "pipe"],
		...(command.cwd === undefined ? {} : { cwd: command.cwd }),
		...(command.user ?? {}),
	});
	let log = "";
	for (const stream of [child.stdout, child.stderr])
		stream?.on("data", (text: Buffer) => {
			log = (log + text.toString()).slice(-KEPT_LOG_CHARS);
		});
	child.on("error", (error) => {
		log += error.message;
	});
	return {
		log: () => log,
		isGone: () => child.exitCode !== null || child.signalCode !== null,
		stop: () => stopChild(child, command.stopSignal),
	};
}

function withDeathSignal(command: ServerCommand): [file: string, args: string[]] {
	try {
		accessSync(SETPRIV, constants.X_OK);
	} catch {
		return [command.file, [...command.args]];
	}
	const signal = command.stopSignal.replace(/^SIG/, "");
	return [SETPRIV, ["--pdeathsig", signal, "--", command.file, ...command.args]];
}

function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	return new Promise((resolve) => {
		if (child.exitCode !== null || child.signalCode !== null) return resolve();
		child.once("exit", () => resolve());
		child.kill(signal);
	});
}
