/** The figures of a team's report, from a real project: what counts, who sees it, and who is named. */
import { expect, test } from "vitest";
import { renderTeamHtml, renderTeamMarkdown } from "../../src/cli/render/team-report.ts";
import type { TeamRange } from "../../src/sync/team-figures.ts";
import { createTeams } from "../../src/sync/teams.ts";
import { clientOf, putSession, type RemoteSession, rowsOf } from "./clients.ts";
import { describeWithStack } from "./with-stack.ts";

const RANGE: TeamRange = {
	since: new Date("2026-01-01T00:00:00Z"),
	until: new Date("2026-01-08T00:00:00Z"),
	zone: "UTC",
};

/** With tokens, and a call that failed. */
function worked(session: RemoteSession): RemoteSession {
	const { sessions = {}, items = {}, turns = {} } = session.rows;
	const usage = { inputTokens: 10, outputTokens: 5, costUsd: 0.25 };
	return {
		...session,
		rows: {
			...session.rows,
			sessions: { ...sessions, status: "lost" },
			turns: { ...turns, usage, status: "interrupted" },
			items: { ...items, kind: "tool", name: "Bash", status: "error", text: null },
		},
	};
}

describeWithStack("a team's report", (stack) => {
	test("sums are of what is shared, and names are where the team's setting allows them", async () => {
		const [ada, bob, eve] = await Promise.all(["ada", "bob", "eve"].map((name) => stack().createUser(name)));
		if (ada === undefined || bob === undefined || eve === undefined) throw new TypeError("three people");
		const as = { ada: clientOf(stack(), ada), bob: clientOf(stack(), bob), eve: clientOf(stack(), eve) };
		const [adas, bobs, eves] = [createTeams(as.ada), createTeams(as.bob), createTeams(as.eve)];
		const team = await adas.create("Garden");
		await bobs.join(await adas.invite(team, bob.email, "member"));
		await putSession(as.ada, worked(rowsOf(ada, team)));
		await putSession(as.ada, rowsOf(ada));
		await putSession(as.bob, worked(rowsOf(bob, team)));
		await putSession(as.bob, rowsOf(bob));
		await putSession(as.eve, rowsOf(eve));

		const figures = await bobs.figures(team, RANGE);
		const used = { sessions: 2, turns: 2, tokens: 30, cost_usd: 0.5 };
		expect(figures).toEqual({
			names_in_reports: false,
			totals: {
				...used,
				people: 2,
				failed_sessions: 0,
				lost_sessions: 2,
				interrupted: 2,
				tool_calls: 2,
				tool_failures: 2,
			},
			days: [{ ...used, day: "2026-01-02" }],
			projects: [{ ...used, cwd: "~/app" }],
			tools: [{ name: "Bash", calls: 2, failures: 2, refusals: 0 }],
			people: [],
		});
		// 03:04 in Greenwich is still the day before in Los Angeles.
		const west = await bobs.figures(team, { ...RANGE, zone: "America/Los_Angeles" });
		expect(west.days.map(({ day }) => day)).toEqual(["2026-01-01"]);
		expect((await bobs.figures(team, { ...RANGE, until: RANGE.since })).totals.turns).toBe(0);

		const dates = { from: "2026-01-01", to: "2026-01-07" };
		const pages = async () => {
			const now = await bobs.figures(team, RANGE);
			const report = { team: "Garden <b>", range: dates, previousRange: dates, now, before: now };
			return [renderTeamMarkdown(report), renderTeamHtml(report)];
		};
		for (const page of await pages()) {
			expect(page).not.toContain(ada.email);
			expect(page).toContain("names nobody");
			expect(page).not.toMatch(/(?<!\\)<b>/u);
		}

		await expect(bobs.setNames(team, true)).rejects.toThrow("your role in this team is member");
		await expect(eves.setNames(team, true)).rejects.toThrow("you are in no such team");
		await adas.setNames(team, true);
		expect((await bobs.figures(team, RANGE)).people.map(({ person, turns }) => [person, turns])).toEqual([
			[ada.email, 1],
			[bob.email, 1],
		]);
		for (const page of await pages()) expect(page).toContain("$0.25");

		const outside = await eves.figures(team, RANGE);
		expect(outside).toMatchObject({ names_in_reports: false, people: [], projects: [], tools: [] });
		expect(outside.totals).toMatchObject({ people: 0, sessions: 0, turns: 0 });
		await bobs.leave(team);
		expect((await adas.figures(team, RANGE)).totals).toMatchObject({ people: 1, sessions: 1 });
		expect((await bobs.figures(team, RANGE)).totals).toMatchObject({ people: 0, sessions: 0 });
	});
});
