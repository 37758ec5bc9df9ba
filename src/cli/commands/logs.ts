import { LOG_LEVELS, type LogLevel } from "../../core/log-level.ts";
import type { LogEvent } from "../../daemon/log-event.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type CliContext, viewOf } from "../context.ts";
import { counted } from "../text/counted.ts";
import { createPaint, type Ink, type Paint } from "../text/paint.ts";

const USUAL_LINES = 50;
/** Soon enough for a reader, and nothing for the machine. */
const FOLLOW_MS = 200;

const LEVEL_INK: Readonly<Record<LogLevel, Ink>> = {
	error: "red",
	warn: "yellow",
	info: "green",
	debug: "dim",
};

export const logsCommand: Command = {
	path: ["logs"],
	operands: "",
	summary: "Show the daemon's log",
	section: "Background",
	examples: [
		["ctrace logs -f", "what it does, as it does it"],
		["ctrace logs --level warn -n 20", "the last twenty things that went wrong"],
	],
	options: [
		{ name: "follow", letter: "f", summary: "Go on showing what comes" },
		{ name: "level", value: "LEVEL", choices: LOG_LEVELS, summary: "This level and what is worse (debug)" },
		{ name: "component", value: "NAME", summary: "Of one component, or of the daemon itself" },
		{ name: "lines", letter: "n", value: "N", summary: `Show the last N (${USUAL_LINES})` },
		{ name: "json", summary: "Print one JSON object a line" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const { places } = await context.daemon();
		const { LogTail, parseLogLine, readLogLines } = await import("../../daemon/read-log.ts");
		const show = await createPrinter(context, args);
		const tail = args.has("follow") ? new LogTail(places.logs) : undefined;
		const lines = readLogLines(places.logs);
		const events = lines.map(parseLogLine);
		const wanted = events.filter((event) => event !== undefined).filter(show.isWanted);
		const count = args.count("lines") ?? USUAL_LINES;
		for (const event of count === 0 ? [] : wanted.slice(-count)) show.print(event);
		const unread = events.filter((event) => event === undefined).length;
		if (unread > 0) context.stderr.write(`${counted(unread, "line")} could not be read.\n`);
		if (lines.length === 0 && tail === undefined) context.stderr.write("There is no log yet.\n");
		while (tail !== undefined) {
			await context.wait(FOLLOW_MS);
			const news = tail.readOn().map(parseLogLine);
			for (const event of news) if (event !== undefined && show.isWanted(event)) show.print(event);
		}
		return 0;
	},
};

interface Printer {
	readonly isWanted: (event: LogEvent) => boolean;
	readonly print: (event: LogEvent) => void;
}

async function createPrinter(context: CliContext, args: CommandArguments): Promise<Printer> {
	const { formatLogEvent, isLoud } = await import("../../daemon/log-event.ts");
	const { renderLogEvent } = await import("../../daemon/render-log-event.ts");
	const level = LOG_LEVELS.find((one) => one === args.text("level")) ?? "debug";
	const component = args.text("component");
	const view = viewOf(context);
	const paint = createPaint(view.colour);
	return {
		isWanted: (event) =>
			isLoud(event.level, level) && (component === undefined || event.component === component),
		print: (event) => {
			// Read back through the same narrow gate it was written through.
			const line = args.has("json") ? formatLogEvent(event) : inked(event, renderLogEvent(event), paint);
			context.stdout.write(`${line}\n`);
		},
	};
}

function inked(event: LogEvent, line: string, paint: Paint): string {
	return line.replace(event.level, (word) => paint(LEVEL_INK[event.level], word));
}
