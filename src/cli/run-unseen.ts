/** Runs a command on a terminal of its own that nobody sees. */
import { forkPty } from "../terminal/native-pty.ts";
import { PtyReader } from "../terminal/pty-reader.ts";

const SIZE = { cols: 80, rows: 24 } as const;

/** Gives its exit code, 1 where a signal ended it. Throws `spawn` when there is no pseudo-terminal to be had. */
export async function runUnseen(
	[file = "", ...args]: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
	const child = forkPty({ file, args, env, size: SIZE });
	const reader = new PtyReader(child.fd, () => {});
	const { code } = await child.exited;
	reader.close();
	return code ?? 1;
}
