/** The entry of `dist/dev.js`: `ctrace dev`, the workshop for whoever teaches ctrace a new look of the screen. */
import { fileURLToPath } from "node:url";
import { CtraceError } from "../core/errors.ts";
import { selectKnownValues } from "../masking/known-values.ts";
import { createMasker } from "../masking/masker.ts";
import { loadLook } from "../patterns/load-looks.ts";
import { loadSecretRules } from "../patterns/load-secrets.ts";
import { type DevArguments, readArguments, USAGE } from "./arguments.ts";
import { openCase } from "./open-case.ts";
import { playCase } from "./play-case.ts";
import { recordCase } from "./record-case.ts";
import { type Place, renderExplanation, renderMoment } from "./render-moment.ts";
import { stepThrough } from "./step-through.ts";

/** Beside the bundle: the checkout, or the installed package. */
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FAILED = 1;
const MISUSED = 2;

process.stdout.on("error", () => process.exit()); // whoever reads us may stop early (`| head`)
process.exitCode = await main(process.argv.slice(3));

async function main(words: readonly string[]): Promise<number> {
	try {
		await run(readArguments(words));
		return 0;
	} catch (error) {
		if (!(error instanceof CtraceError)) throw error;
		const hint = error.hint === undefined ? "" : `\n${error.hint}`;
		process.stderr.write(`ctrace dev: ${error.message}${hint}\n`);
		return error.code === "usage" ? MISUSED : FAILED;
	}
}

async function run(args: DevArguments): Promise<void> {
	if (args.do === "help") process.stdout.write(USAGE);
	else if (args.do === "record") await record(args);
	else await show(args);
}

async function record(args: Extract<DevArguments, { do: "record" }>): Promise<void> {
	const { name: folder, command, keepsInput } = args;
	const said = await recordCase({
		folder,
		command,
		keepsInput,
		createMasker: maskerHere,
		cwd: process.cwd(),
	});
	process.stderr.write(`${said}\n`);
	process.exit(0); // the terminal's input would keep us waiting for keys
}

/** Placeholders are never written here, only how many secrets there were: their tags need no key. */
function maskerHere() {
	return createMasker({
		rules: loadSecretRules(`${ROOT}/patterns/secrets`),
		mode: "strict",
		tag: () => "aaaaaaaa",
		knownValues: selectKnownValues(process.env),
	});
}

async function show(args: Extract<DevArguments, { do: "replay" | "explain" }>): Promise<void> {
	const look = loadLook(`${ROOT}/patterns/claude-code`);
	const moments = playCase(openCase(args.name, ROOT), look);
	const count = moments.length;
	const render = (number: number) => {
		const moment = moments[number - 1];
		const place: Place = { number, of: count };
		if (moment === undefined)
			throw new CtraceError("not-found", `there is no frame ${number}: there are ${count}`);
		return args.do === "explain"
			? renderExplanation(look, moment.frame, place)
			: renderMoment(look, moment, place);
	};
	const isAll = args.do === "replay" && args.all;
	const isAtTerminal = process.stdin.isTTY && process.stdout.isTTY;
	if (isAll) for (let number = 1; number <= count; number++) process.stdout.write(`${render(number)}\n`);
	else if (args.do === "replay" && args.frame === undefined && isAtTerminal) {
		await stepThrough({ count, render }, 1, { input: process.stdin, output: process.stdout });
	} else process.stdout.write(render(args.frame ?? count));
}
