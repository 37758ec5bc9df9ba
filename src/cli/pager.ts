/** Shows a long text through the reader's pager. */
import { spawn } from "node:child_process";

type Environment = Readonly<Record<string, string | undefined>>;

/** -F: quits when it fits; -R: colours pass; -X: the text stays on the screen. */
const LESS_OPTIONS = "FRX";
const NOT_FOUND_EXIT = 127;

/** `CTRACE_PAGER`, `PAGER`, then less; nothing or `cat` means none. */
export function choosePager(own: string | undefined, env: Environment): string | undefined {
	const chosen = (own ?? env.PAGER ?? `less -${LESS_OPTIONS}`).trim();
	return chosen === "" || chosen === "cat" ? undefined : chosen;
}

/** Our text is UTF-8; without a locale (ssh, containers) less would print its bytes. */
export function pagerEnvironment(env: Environment): Environment {
	return { LESS: LESS_OPTIONS, LESSCHARSET: "utf-8", ...env };
}

/** Resolves when the reader is done. False: the pager could not be started and nothing was shown. */
export function runPager(pager: string, text: string, env: Environment): Promise<boolean> {
	return new Promise((resolve) => {
		const child = spawn(pager, {
			shell: true,
			stdio: ["pipe", "inherit", "inherit"],
			env: pagerEnvironment(env),
		});
		child.on("error", () => resolve(false));
		child.on("close", (code) => resolve(code !== NOT_FOUND_EXIT));
		// The reader may leave before the end: the rest is then nobody's business.
		child.stdin.on("error", () => undefined);
		child.stdin.end(text);
	});
}
