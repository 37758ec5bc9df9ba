import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import { SHELLS } from "../completion-scripts.ts";
import type { CliContext } from "../context.ts";
import type { ShellFacts } from "../shell/shell-files.ts";
import { findShell } from "./shell-init.ts";

export const installCommand: Command = {
	path: ["install"],
	operands: "",
	summary: "Let plain `claude` run traced in your shell",
	section: "Set up",
	examples: [
		["ctrace install", "shows what it adds to your shell's file, and asks"],
		["ctrace install --shell zsh --yes", "does not ask"],
		["ctrace uninstall", "takes it out again"],
	],
	options: [
		{ name: "shell", value: "SHELL", choices: SHELLS, summary: "Another shell than your usual one" },
		{ name: "dry-run", summary: "Say what would be done, and do nothing" },
		{ name: "yes", letter: "y", summary: "Do not ask" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const { usualShell } = await import("../shell/shell-files.ts");
		const { carryOut, planInstall } = await import("../shell/shell-setup.ts");
		const shell = findShell(args.text("shell") ?? usualShell(context.env));
		const edits = planInstall(shell, shellFacts(context), context.installation);
		if (edits.length === 0) {
			context.stdout.write(`Nothing to do: in ${shell}, \`claude\` runs traced.\n`);
			return 0;
		}
		for (const { path, before, isTheirs, added } of edits) {
			const how =
				before === undefined
					? "would be made"
					: isTheirs
						? "would be added to, and a copy of it kept"
						: "would be renewed";
			context.stdout.write(`${path} ${how}:\n  ${added}\n`);
		}
		if (args.has("dry-run")) return 0;
		if (!args.has("yes") && !(await isAgreed(context, "Do that?"))) {
			context.stderr.write("Nothing was changed.\n");
			return 1;
		}
		carryOut(edits);
		context.stdout.write(
			`Done. In every new ${shell}, \`claude\` runs traced; \`command claude\` does not.\n`,
		);
		return 0;
	},
};

export function shellFacts(context: CliContext): ShellFacts {
	const { home, env, config, installation } = context;
	return { home, env, platform: installation.platform, configDir: config.paths.config };
}

export async function isAgreed(context: CliContext, question: string): Promise<boolean> {
	if (context.confirm !== undefined) return context.confirm(question);
	throw new CtraceError("usage", "this needs a yes, and there is no terminal to ask on", {
		hint: "Add --yes if you mean it.",
	});
}
