import { CtraceError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import type { Command } from "../command.ts";
import { completeWords } from "../complete-words.ts";
import { COMPLETION_SCRIPTS, SHELLS } from "../completion-scripts.ts";
import type { LookContext } from "../context.ts";
import { oneLine, truncate } from "../text/fit.ts";

/** Ids offered for completion: the newest are what people ask for. */
const OFFERED_SESSIONS = 30;
const DESCRIPTION_COLUMNS = 50;

/** The scripts call back with `--complete`, so that what they offer is always what there is. */
export function createCompletionCommand(commands: () => Promise<readonly Command[]>): Command {
	return {
		path: ["completion"],
		operands: SHELLS.join("|"),
		summary: "Print a completion script for your shell",
		section: "Set up",
		examples: [
			['eval "$(ctrace completion bash)"', "in ~/.bashrc"],
			['eval "$(ctrace completion zsh)"', "in ~/.zshrc, after compinit"],
			["ctrace completion fish | source", "in ~/.config/fish/config.fish"],
		],
		options: [{ name: "complete", summary: "Complete the words behind --", isHidden: true }],
		completes: SHELLS,
		run: async (context, args) => {
			if (args.has("complete")) return complete(context, await commands(), args.operands);
			const [name] = args.atMost(1);
			const shell = SHELLS.find((one) => one === name);
			if (shell === undefined) throw wrongShell(name);
			context.stdout.write(COMPLETION_SCRIPTS[shell]);
			return 0;
		},
	};
}

function complete(context: LookContext, commands: readonly Command[], words: readonly string[]): number {
	const offers = completeWords(words, { commands, sessions: () => sessionOffers(context) });
	for (const { value, summary } of offers) context.stdout.write(`${value}\t${summary}\n`);
	return 0;
}

function sessionOffers(context: LookContext) {
	using store = context.openStore();
	return store.listSessions({ limit: OFFERED_SESSIONS }).map(({ session, firstPrompt }) => ({
		value: session.id,
		summary: truncate(oneLine(firstPrompt ?? session.command.join(" ")), DESCRIPTION_COLUMNS),
	}));
}

function wrongShell(name: string | undefined): CtraceError {
	const message = name === undefined ? "for which shell?" : `no completion for ${JSON.stringify(name)}`;
	const guess = name === undefined ? undefined : nearest(name, SHELLS);
	return new CtraceError("usage", message, {
		hint: guess === undefined ? `It may be ${SHELLS.join(", ")}.` : `Did you mean ${guess}?`,
	});
}
