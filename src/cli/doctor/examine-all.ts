/** Everything that `ctrace doctor` looks at, put together. */
import type { CliContext } from "../context.ts";
import { checkAround } from "./check-around.ts";
import { checkOwn } from "./check-own.ts";
import { examine } from "./examine.ts";
import type { FullReport, Problem } from "./report.ts";

export async function examineAll(context: CliContext): Promise<FullReport> {
	const report = examine(context);
	const wrong: Problem[] = context.settingProblems.map(({ message, hint }) => ({
		area: "settings",
		what: message,
		hint: hint ?? "ctrace config list",
	}));
	const own = { ...report, problems: [...wrong, ...report.problems] };
	const setCount = context.settings.filter(({ origin }) => origin !== "default").length;
	const around = await checkAround(context, report.database !== undefined, report.renderer);
	const checks = [...checkOwn(own, setCount), ...around];
	const found = around.filter(({ level }) => level === "error");
	const problems = [...own.problems, ...found.map(({ area, what, fix = "" }) => ({ area, what, hint: fix }))];
	return { ...report, ok: problems.length === 0, problems, checks };
}
