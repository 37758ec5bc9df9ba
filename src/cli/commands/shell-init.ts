import { CtraceError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import type { Command } from "../command.ts";
import { SHELLS, type Shell } from "../completion-scripts.ts";
import { renderInitScript } from "../shell/init-scripts.ts";

export const shellInitCommand: Command = {
	path: ["shell-init"],
	operands: SHELLS.join("|"),
	summary: "Print what makes plain `claude` run traced in a shell",
	section: "Set up",
	examples: [
		["ctrace install", "puts it into your shell's file for you"],
		['eval "$(ctrace shell-init bash)"', "by hand, in ~/.bashrc"],
		['eval "$(ctrace shell-init zsh)"', "by hand, in ~/.zshrc, after compinit"],
		["ctrace shell-init fish | source", "by hand, in ~/.config/fish/config.fish"],
	],
	options: [],
	completes: SHELLS,
	run: (context, args) => {
		const [name] = args.atMost(1);
		context.stdout.write(renderInitScript(findShell(name), context.installation));
		return 0;
	},
};

/** Throws `usage`. */
export function findShell(name: string | undefined): Shell {
	const shell = SHELLS.find((one) => one === name);
	if (shell !== undefined) return shell;
	const guess = name === undefined ? undefined : nearest(name, SHELLS);
	throw new CtraceError(
		"usage",
		name === undefined ? "for which shell?" : `no shell ${JSON.stringify(name)} is known`,
		{
			hint: guess === undefined ? `It may be ${SHELLS.join(", ")}.` : `Did you mean ${guess}?`,
		},
	);
}
