import { CtraceError } from "../../core/errors.ts";
import { Player } from "../../replay/player.ts";
import type { Command, CommandArguments } from "../command.ts";
import { findTurn, openReel, turnPlaces } from "../recording.ts";
import { parseClock } from "../text/clock.ts";
import { waitForRecorder, waitForStart } from "./sessions-show.ts";

export const replayCommand: Command = {
	path: ["replay"],
	operands: "[ID|last]",
	summary: "Play a session as it looked, masked",
	examples: [
		["ctrace replay", "the newest one"],
		["ctrace replay 0190c3f2-7a --turn 3", "from its third turn on"],
		["ctrace replay 0190c3f2-7a --at 1:02:03", "from there on; 8.5 are seconds"],
		["ctrace replay last --speed 4 --idle-limit 1", "fast, and never still for more than a second"],
		["space  ←→  .  ,  [ ]  + -  q", "rest, 5 seconds, next and last picture, turns, speed, quit"],
	],
	options: [
		{ name: "turn", value: "N", summary: "Begin with turn N" },
		{ name: "at", value: "TIME", summary: "Begin at 2:03, counted from the session's start" },
		{ name: "speed", value: "X", summary: "So many times as fast (1)" },
		{ name: "idle-limit", value: "S", summary: "Cut what stands still to S seconds (3); 0: do not" },
	],
	completes: "session",
	run: async (context, args) => {
		const [reference = "last"] = args.atMost(1);
		const [speed, idleLimit] = [positive(args, "speed") ?? 1, positive(args, "idle-limit") ?? 3];
		const [turn, at] = [args.count("turn"), readAt(args)];
		using store = context.openStore();
		if (reference === "last") await waitForStart(context);
		const id = store.findSession(reference);
		if (reference === "last") await waitForRecorder(context, store, id);
		const { session, turns } = store.readSession(id);
		const reel = openReel(store, id);
		if (context.play === undefined)
			throw new CtraceError("usage", "a recording is played in a terminal, and this is none", {
				hint: `As text, picture or asciicast: ctrace export ${reference} --format txt, svg or cast`,
			});
		const places = turnPlaces(session, turns);
		const first = turn === undefined ? undefined : findTurn(turns, turn).seq;
		await context.play(
			new Player({
				reel,
				turns: places,
				startAt: at ?? places.find(({ seq }) => seq === first)?.at ?? reel.fromMs,
				speed,
				idleLimitMs: idleLimit === 0 ? Number.POSITIVE_INFINITY : idleLimit * 1000,
			}),
		);
		return 0;
	},
};

/** In milliseconds. */
function readAt(args: CommandArguments): number | undefined {
	const text = args.text("at");
	if (text === undefined) return undefined;
	if (args.text("turn") !== undefined)
		throw new CtraceError("usage", "--at and --turn both say where to begin: give one");
	const at = parseClock(text);
	if (at !== undefined) return at;
	throw new CtraceError(
		"usage",
		`--at must be a time such as 2:03, 1:02:03 or 8.5, not ${JSON.stringify(text)}`,
	);
}

/** A number that is not negative, and may have a point; a speed of nothing plays nothing. */
function positive(args: CommandArguments, name: "speed" | "idle-limit"): number | undefined {
	const text = args.text(name);
	if (text === undefined) return undefined;
	const value = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
	if (value > 0 || (value === 0 && name === "idle-limit")) return value;
	throw new CtraceError("usage", `--${name} must be a number such as 0.5 or 4, not ${JSON.stringify(text)}`);
}
