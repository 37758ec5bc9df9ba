import { CtraceError } from "../../core/errors.ts";
import { type Command, CommandArguments } from "../command.ts";
import { sessionsShowCommand } from "./sessions-show.ts";

/** Plays the scripted agent through the whole real path, then shows what was recorded. */
export const demoCommand: Command = {
	path: ["demo"],
	operands: "",
	section: "Set up",
	summary: "Record a small scripted agent and show the result",
	examples: [["ctrace demo", "a look at what ctrace does, without Claude Code"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const { isTerminal } = context.stdout;
		// In a pipe its drawing would be of no use to anybody, and a session without a screen has no turns.
		if (!isTerminal)
			context.stderr.write("The agent plays on a terminal of its own. That takes some seconds.\n");
		const code = await context.runDemoAgent(isTerminal);
		if (code !== 0) throw new CtraceError("spawn", `the demo ended with exit code ${code}`);
		context.stderr.write(`${isTerminal ? "\nThat was the agent. " : ""}This is what ctrace keeps of it:\n\n`);
		return sessionsShowCommand.run(context, new CommandArguments(["last"], new Map()));
	},
};
