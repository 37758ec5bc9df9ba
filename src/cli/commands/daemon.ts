import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import type { CliContext } from "../context.ts";

export const daemonReloadCommand: Command = {
	path: ["daemon", "reload"],
	operands: "",
	summary: "Let the daemon read its settings anew",
	section: "Background",
	examples: [["ctrace daemon reload", "after a change of ctrace's .env"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const remote = await context.daemon();
		const reply = (await remote.ask({ ask: "reload" }))?.reply ?? noDaemon();
		if (reply.kind !== "reloaded")
			throw new CtraceError("config", "the daemon goes on with its old settings: the new ones are wrong", {
				hint: "See which: ctrace doctor",
			});
		const changed =
			reply.changed.length === 0 ? "nothing has changed" : `changed: ${reply.changed.join(", ")}`;
		context.stdout.write(`The daemon has read its settings; ${changed}.\n`);
		return 0;
	},
};

export const daemonRunCommand: Command = {
	path: ["daemon", "run"],
	operands: "COMPONENT",
	summary: "Let a component of the daemon do its work now",
	section: "Background",
	examples: [["ctrace daemon run upkeep", "and tell what it did"]],
	options: [],
	run: async (context, args) => {
		const [component] = args.atMost(1);
		if (component === undefined || !/^[a-z]{1,32}$/.test(component)) throw await unknown(context, component);
		const remote = await context.daemon();
		const reply = (await remote.askPatiently({ ask: "run", component }))?.reply ?? noDaemon();
		if (reply.kind !== "ran") throw await unknown(context, component);
		if (reply.code !== undefined) {
			const { adviseOn } = await import("../../daemon/failure-advice.ts");
			const { what, hint } = adviseOn(reply.code);
			throw new CtraceError("daemon", `${component}: ${what}`, { hint });
		}
		const counts = Object.entries(reply.counts).map(([name, count]) => `${name} ${count}`);
		context.stdout.write(`${component}: ${counts.join(", ") || "done"}\n`);
		return 0;
	},
};

function noDaemon(): never {
	throw new CtraceError("daemon", "no daemon runs", { hint: "Start it: ctrace start --daemon" });
}

async function unknown(context: CliContext, component: string | undefined): Promise<CtraceError> {
	const remote = await context.daemon();
	const reply = (await remote.ask({ ask: "status" }))?.reply ?? noDaemon();
	const names = reply.kind === "status" ? reply.status.components.map(({ name }) => name) : [];
	const message = component === undefined ? "which component?" : `no component ${JSON.stringify(component)}`;
	return new CtraceError("usage", message, { hint: `There is: ${names.join(", ")}.` });
}
