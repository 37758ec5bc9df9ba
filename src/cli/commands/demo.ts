import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import { CommandArguments } from "../command.ts";
import type { CliContext } from "../context.ts";
import { sessionsShowCommand } from "./sessions-show.ts";

export interface DemoTools {
	/** Runs the scripted agent as a person would, `ctrace COMMAND`, on this terminal; gives its exit code. */
	readonly runWrappedAgent: () => Promise<number>;
}

/** Plays the scripted agent through the whole real path, then shows what was recorded. */
export function createDemoCommand(tools: (context: CliContext) => DemoTools): Command {
	return {
		path: ["demo"],
		operands: "",
		summary: "Record a small scripted agent and show the result",
		examples: [["ctrace demo", "for a look at what ctrace does, without Claude Code"]],
		options: [],
		run: async (context, args) => {
			args.atMost(0);
			const code = await tools(context).runWrappedAgent();
			if (code !== 0) throw new CtraceError("spawn", `the demo ended with exit code ${code}`);
			context.stderr.write("\nThat was the agent. This is what ctrace keeps of it:\n\n");
			return sessionsShowCommand.run(context, new CommandArguments(["last"], new Map()));
		},
	};
}
