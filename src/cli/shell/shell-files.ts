/** Which files of a shell's are ours to add to. Pure. */
import { posix } from "node:path";
import { SHELLS, type Shell } from "../completion-scripts.ts";
import { quoteForSh } from "./init-scripts.ts";

export interface ShellFacts {
	readonly home: string;
	readonly platform: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** ctrace's own configuration directory. */
	readonly configDir: string;
}

export interface ShellFiles {
	/** The script, whole; it is ours alone. */
	readonly script: string;
	/** The shell's own file that reads it; fish reads a folder by itself. */
	readonly rc?: { readonly path: string; readonly line: string };
}

export function shellFiles(shell: Shell, facts: ShellFacts): ShellFiles {
	if (shell === "fish") return { script: posix.join(configHome(facts), "fish", "conf.d", "ctrace.fish") };
	const script = posix.join(facts.configDir, "shell", `init.${shell}`);
	const line = `[ ! -r ${quoteForSh(script)} ] || . ${quoteForSh(script)}`;
	return { script, rc: { path: shell === "zsh" ? zshFile(facts) : bashFile(facts), line } };
}

/** The person's shell, if it is one of those that we know. */
export function usualShell(env: ShellFacts["env"]): Shell | undefined {
	const name = posix.basename(env.SHELL ?? "");
	return SHELLS.find((shell) => shell === name);
}

/** A terminal of macOS opens login shells, and those read another file. */
function bashFile({ home, platform }: ShellFacts): string {
	return posix.join(home, platform === "darwin" ? ".bash_profile" : ".bashrc");
}

function zshFile({ home, env }: ShellFacts): string {
	const own = env.ZDOTDIR;
	return posix.join(own !== undefined && posix.isAbsolute(own) ? own : home, ".zshrc");
}

function configHome({ home, env }: ShellFacts): string {
	const given = env.XDG_CONFIG_HOME;
	return given !== undefined && posix.isAbsolute(given) ? given : posix.join(home, ".config");
}
