/**
 * `npm run accept`: says in words what the stages read differently now from what the fixtures expect. It changes nothing.
 *
 *   npm run accept -- [--versions A,B] [--cases X,Y] --write    the new reading becomes what is expected
 *   npm run accept -- --adopt DIR/LOOK/CASE…                    recordings become fixtures (npm run test:live -- --record DIR)
 *
 * Read the difference before you write it: a wrong expectation is worse than none.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
	expectedTurns,
	type Fixture,
	listFixtures,
	plainTurns,
	readTurns,
	testLook,
} from "../support/fixtures.ts";
import { adopt } from "./adopt.ts";
import { tellDifference } from "./tell-difference.ts";

process.exitCode = main();

function main(): number {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			versions: { type: "string", default: "" },
			cases: { type: "string", default: "" },
			write: { type: "boolean", default: false },
			adopt: { type: "boolean", default: false },
		},
	});
	const adopted = values.adopt ? positionals.map(adopt) : undefined;
	const chosen = adopted ?? listFixtures().filter(isChosen(values.versions, values.cases));
	const changed = chosen.filter((fixture) => review(fixture, values.write || values.adopt)).length;
	const done = values.write || values.adopt ? "written" : "nothing was written: --write does";
	console.log(
		changed === 0
			? `${chosen.length} cases, all as expected`
			: `${changed} of ${chosen.length} cases differ; ${done}`,
	);
	return changed > 0 && !values.write && !values.adopt ? 1 : 0;
}

function isChosen(versions: string, cases: string): (fixture: Fixture) => boolean {
	const among = (names: string, name: string) => names === "" || names.split(",").includes(name);
	return ({ look, name }) => among(versions, look) && among(cases, name);
}

/** Whether the case reads differently from what is expected. */
function review(fixture: Fixture, isWriting: boolean): boolean {
	const read = plainTurns(readTurns(fixture, testLook()));
	const path = join(fixture.folder, "turns.json");
	const lines = tellDifference(existsSync(path) ? expectedTurns(fixture) : [], read);
	if (lines.length === 0 && existsSync(path)) return false;
	console.log(`${fixture.look} ${fixture.name}`);
	for (const line of lines) console.log(`    ${line}`);
	if (isWriting) writeFileSync(path, `${JSON.stringify(read, undefined, "\t")}\n`);
	return true;
}
