import { posix } from "node:path";
import { type Paths, resolvePaths } from "../../config/paths.ts";
import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import { type CliContext, viewOf } from "../context.ts";
import { answer, type GuideTools, guide, Left } from "../init/guide.ts";
import { writeChoices } from "../init/write-choices.ts";
import { quoteForSh } from "../shell/init-scripts.ts";
import { usualShell } from "../shell/shell-files.ts";
import { createPaint } from "../text/paint.ts";
import { shellFacts } from "./install.ts";

export const initCommand: Command = {
	path: ["init"],
	section: "Set up",
	operands: "",
	summary: "Set ctrace up, question by question",
	mendsSettings: true,
	examples: [
		["ctrace init", "asks, tries what it is told, and writes a .env that explains itself"],
		["ctrace init --yes", "asks nothing: keeps what is set, else the defaults"],
	],
	options: [{ name: "yes", letter: "y", summary: "Ask nothing" }],
	run: async (context, args) => {
		args.atMost(0);
		if (args.has("yes")) {
			writeChoices(context.config.paths.dotenv, {});
			tellEnd(context, context.config.paths);
			return 0;
		}
		const dialog = context.openDialog();
		try {
			return await askAll(context, dialog);
		} catch (error) {
			if (!(error instanceof Left)) throw error;
			context.stderr.write("Nothing was written.\n");
			if (context.confirm === undefined)
				throw new CtraceError("usage", "there is no terminal to ask on", { hint: "ctrace init --yes" });
			return 1;
		} finally {
			dialog.close();
		}
	},
};

async function askAll(context: CliContext, dialog: GuideTools["dialog"]): Promise<number> {
	const say = (text: string) => context.stderr.write(text);
	const known = new Map(
		context.settings.map(({ name, text, origin }) => [name, origin === "default" ? undefined : text]),
	);
	const tools: GuideTools = { ...context, dialog, say, now: (name) => known.get(name) };
	say("Enter takes what stands in brackets; Ctrl-C leaves without writing anything.\n");
	const paths = await askPlace(context, tools);
	const choices = await guide(tools);
	const isTraced = await askShell(context, tools);
	writeChoices(paths.dotenv, choices);
	if (isTraced) await traceShell(context);
	tellEnd(context, paths);
	return 0;
}

/** Where everything lives is said by the environment: it cannot stand in a file that lies there. */
async function askPlace(context: CliContext, tools: GuideTools): Promise<Paths> {
	const { env, home, installation, config } = context;
	const now = (env.CTRACE_HOME ?? "") === "" ? posix.dirname(config.paths.database) : env.CTRACE_HOME;
	for (;;) {
		const typed = (await answer(tools, `Where your sessions are kept [${now}]: `)).trim();
		const path = typed.replace(/^~(?=\/|$)/, home);
		if (typed === "" || path === now) return config.paths;
		if (posix.isAbsolute(path)) {
			tools.say(
				`For that, put this line into your shell's file: export CTRACE_HOME=${quoteForSh(path)}\nWhat was recorded before stays where it is.\n`,
			);
			return resolvePaths({ env: { ...env, CTRACE_HOME: path }, platform: installation.platform, home });
		}
		tools.say("It must be an absolute path.\n");
	}
}

async function askShell(context: CliContext, tools: GuideTools): Promise<boolean> {
	const shell = usualShell(context.env);
	if (shell === undefined) return false;
	const { planInstall } = await import("../shell/shell-setup.ts");
	if (planInstall(shell, shellFacts(context), context.installation).length === 0) return false;
	const reply = await answer(tools, `\nLet plain \`claude\` run traced in ${shell}? [y/N] `);
	return /^y(?:es)?$/i.test(reply.trim());
}

async function traceShell(context: CliContext): Promise<void> {
	const shell = usualShell(context.env);
	if (shell === undefined) return;
	const { carryOut, planInstall } = await import("../shell/shell-setup.ts");
	const edits = planInstall(shell, shellFacts(context), context.installation);
	carryOut(edits);
	for (const { path } of edits) context.stdout.write(`Written: ${path}\n`);
}

function tellEnd(context: CliContext, paths: Paths): void {
	const paint = createPaint(viewOf(context).colour);
	context.stdout.write(`Written: ${paths.dotenv}\n`);
	context.stdout.write(
		`${paint("green", "Ready.")} Record a session: ctrace claude. Look whether all is well: ctrace doctor\n`,
	);
}
