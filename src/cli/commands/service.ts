import type { Command, OptionSpec } from "../command.ts";
import type { CliContext } from "../context.ts";
import type { ServicePlan, SystemCommand } from "../service/service-facts.ts";

const DRY_RUN: OptionSpec = { name: "dry-run", summary: "Say what would be done, and do nothing" };
const NOT_INSTALLED_EXIT = 3;
const OUTDATED_EXIT = 1;

export const serviceStatusCommand: Command = {
	path: ["service", "status"],
	operands: "",
	summary: "Tell whether the daemon starts at login",
	section: "Background",
	examples: [["ctrace service status", "exit code 0: it does; 1: not as it should; 3: not installed"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const { inspectAutostart } = await import("../service/autostart.ts");
		const plan = await planOf(context);
		const { file, startsAtLogin, isActive } = await inspectAutostart(plan);
		if (file === "absent") {
			context.stdout.write("No service is installed. To have one: ctrace service install\n");
			return NOT_INSTALLED_EXIT;
		}
		const words = [
			startsAtLogin ? "starts at login" : "does not start at login",
			isActive ? "runs" : "does not run now",
		];
		context.stdout.write(`${plan.path}\n${plan.system}: it ${words.join(" and ")}.\n`);
		if (file === "current" && startsAtLogin) return 0;
		context.stdout.write("It was made for another ctrace or Node.js. To mend it: ctrace service install\n");
		return OUTDATED_EXIT;
	},
};

export const serviceInstallCommand: Command = {
	path: ["service", "install"],
	operands: "",
	summary: "Start the daemon at every login, and again when it dies",
	section: "Background",
	examples: [
		["ctrace service install", "a systemd user unit on Linux, a launchd agent on macOS"],
		["ctrace service install --dry-run", "shows the file and the commands"],
	],
	options: [DRY_RUN],
	run: async (context, args) => {
		args.atMost(0);
		const plan = await planOf(context);
		if (args.has("dry-run")) return describe(context, plan);
		const { installAutostart, isAutostartActive } = await import("../service/autostart.ts");
		// One that was started by hand would be in the service's way.
		const { stopDaemon } = await import("../daemon/stop-daemon.ts");
		if (!(await isAutostartActive(plan))) await stopDaemon(await context.daemon());
		const refusals = await installAutostart(plan);
		context.stdout.write(`Written: ${plan.path}\n`);
		if (refusals.length === 0) context.stdout.write("The daemon runs, and starts at every login.\n");
		else
			context.stderr.write(
				`${refusals.at(-1)}\nIt will start with your next login. Until then: ctrace start --daemon\n`,
			);
		return 0;
	},
};

export const serviceUninstallCommand: Command = {
	path: ["service", "uninstall"],
	operands: "",
	summary: "Stop the service, and never start it again",
	section: "Background",
	examples: [["ctrace service uninstall", "sessions and settings stay"]],
	options: [DRY_RUN],
	run: async (context, args) => {
		args.atMost(0);
		const plan = await planOf(context);
		if (args.has("dry-run")) {
			const files = [plan.link?.path, plan.path].filter((path) => path !== undefined);
			const lines = [
				...spell(plan.beforeRemoval),
				...files.map((path) => `rm ${path}`),
				...spell(plan.afterRemoval),
			];
			context.stdout.write(`${lines.join("\n")}\n`);
			return 0;
		}
		const { removeAutostart } = await import("../service/autostart.ts");
		const isRemoved = await removeAutostart(plan);
		context.stdout.write(isRemoved ? `Removed: ${plan.path}\n` : "No service is installed.\n");
		return 0;
	},
};

export async function planOf(context: CliContext): Promise<ServicePlan> {
	const { planAutostart } = await import("../service/autostart.ts");
	const { env, home, installation } = context;
	const { platform, uid, node, daemonScript } = installation;
	return planAutostart({ platform, home, uid, env, node, script: daemonScript });
}

function describe(context: CliContext, plan: ServicePlan): number {
	const link = plan.link === undefined ? [] : [`ln -s ${plan.link.target} ${plan.link.path}`];
	context.stdout.write(`# ${plan.path}\n${plan.content}\n# Then:\n`);
	context.stdout.write(`${[...link, ...spell(plan.onInstall)].map((line) => `# ${line}`).join("\n")}\n`);
	return 0;
}

function spell(commands: readonly SystemCommand[]): string[] {
	return commands.map(({ words }) => words.join(" "));
}
