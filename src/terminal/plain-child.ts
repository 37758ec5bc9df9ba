/** A child without a pseudo-terminal: it gets the descriptors it is handed, and nothing else changes for it. */
import { spawn } from "node:child_process";
import type { ChildExit } from "./child-exit.ts";

export interface PlainCommand {
	/** What to start, and the word to show as argv[0]. */
	readonly file: string;
	readonly word: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Descriptors to become the child's input, output and error. */
	readonly stdio: readonly [number, number, number];
	/** Further descriptors that the child gets under the same number. */
	readonly inherited?: readonly number[];
}

export interface PlainChild {
	/** Undefined when it could not be started. */
	readonly pid: number | undefined;
	/** Rejects when it could not be started. */
	readonly exited: Promise<ChildExit>;
	signal(signal: NodeJS.Signals): void;
}

export function startPlain(command: PlainCommand): PlainChild {
	const child = spawn(command.file, command.args, {
		argv0: command.word,
		env: { ...command.env },
		stdio: allDescriptors(command),
	});
	const exited = new Promise<ChildExit>((resolve, reject) => {
		child.on("error", reject);
		child.on("exit", (code, signal) => resolve(signal === null ? { code: code ?? 0 } : { signal }));
	});
	return {
		pid: child.pid,
		exited,
		signal: (signal) => {
			child.kill(signal);
		},
	};
}

function allDescriptors({ stdio, inherited = [] }: PlainCommand): (number | "ignore")[] {
	const list: (number | "ignore")[] = [...stdio];
	for (let fd = list.length; fd <= Math.max(0, ...inherited); fd += 1) {
		list.push(inherited.includes(fd) ? fd : "ignore");
	}
	return list;
}
