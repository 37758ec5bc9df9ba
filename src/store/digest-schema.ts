/**
 * The step of the schema that looking over very many sessions needs.
 *
 * `session_digests` has one narrow row for each session, with all that a list of them is narrowed by, ordered by and
 * added up from: 100,000 are read in a moment, where their own rows and turns would take seconds. Triggers keep it, in
 * the transaction of the change, so that no way of changing a session can forget it. `version` is a number that no other
 * change has: who remembers the greatest knows what changed since. A turn knows how many tool calls, failed ones and
 * permissions it holds (what subagents did included), so that an outline reads no items.
 */
export function digestSchema(): string {
	return `
ALTER TABLE turns ADD COLUMN tools INTEGER NOT NULL DEFAULT 0;
ALTER TABLE turns ADD COLUMN errors INTEGER NOT NULL DEFAULT 0;
ALTER TABLE turns ADD COLUMN permissions INTEGER NOT NULL DEFAULT 0;
UPDATE turns SET tools = c.tools, errors = c.errors, permissions = c.permissions FROM (
	SELECT turn_key, sum(kind = 'tool') AS tools, sum(kind = 'tool' AND status = 'error') AS errors,
		sum(kind = 'permission') AS permissions FROM items WHERE kind IN ('tool', 'permission') GROUP BY turn_key
) AS c WHERE c.turn_key = turns.key;

CREATE TABLE session_digests (
	session_key INTEGER PRIMARY KEY,
	version INTEGER NOT NULL,
	id TEXT NOT NULL,
	agent TEXT NOT NULL,
	agent_version TEXT,
	cwd TEXT NOT NULL,
	branch TEXT,
	models TEXT,
	status TEXT NOT NULL,
	started_at INTEGER NOT NULL,
	last_at INTEGER NOT NULL,
	turns INTEGER NOT NULL,
	tools INTEGER NOT NULL,
	tokens INTEGER NOT NULL,
	cost_usd REAL NOT NULL,
	masked INTEGER NOT NULL,
	asked INTEGER NOT NULL,
	compared INTEGER NOT NULL,
	agreement REAL NOT NULL,
	lines INTEGER NOT NULL,
	unclaimed INTEGER NOT NULL
) STRICT;
CREATE INDEX session_digests_by_version ON session_digests (version);

${digestRows()}
${triggers()}`;
}

/** Makes the digests of what is there already. */
export function digestRows(): string {
	return `
UPDATE sync_version SET version = version + 1;
INSERT INTO session_digests (session_key, version, turns, tools, asked, compared, agreement, ${columns()})
	SELECT s.key, v.version, 0, 0, 0, 0, 0, ${values("s")} FROM sessions s, sync_version v;
UPDATE session_digests SET turns = t.turns, tools = t.tools, asked = t.asked, compared = t.compared,
	agreement = t.agreement FROM (
		SELECT session_key, count(*) AS turns, sum(tools) AS tools, sum(prompt_kind <> 'none') AS asked,
			count(fidelity) AS compared, total(fidelity) AS agreement
		FROM turns GROUP BY session_key
	) AS t WHERE t.session_key = session_digests.session_key;`;
}

/** What a digest takes from its session's row, as SQL over the row `s`. */
const TAKEN: readonly (readonly [column: string, value: (row: string) => string])[] = [
	["id", (row) => `${row}.id`],
	["agent", (row) => `${row}.agent`],
	["agent_version", (row) => `${row}.agent_version`],
	["cwd", (row) => `${row}.cwd`],
	["branch", (row) => `${row}.git ->> 'branch'`],
	["models", (row) => `${row}.usage -> 'models'`],
	["status", (row) => `${row}.status`],
	["started_at", (row) => `${row}.started_at`],
	["last_at", (row) => lastAt(`${row}.key`)],
	["tokens", tokens],
	["cost_usd", (row) => `CAST(coalesce(${row}.usage ->> 'costUsd', 0) AS REAL)`],
	[
		"masked",
		(row) => `(SELECT CAST(coalesce(sum(value), 0) AS INTEGER) FROM json_each(${row}.masked_count))`,
	],
	["lines", (row) => `CAST(coalesce(${row}.recognition ->> 'lines', 0) AS INTEGER)`],
	["unclaimed", (row) => `CAST(coalesce(${row}.recognition ->> 'unclaimed', 0) AS INTEGER)`],
];

/** When the session ended; of one that has not, when its last turn did, as far as that is known. */
function lastAt(key: string): string {
	return `(SELECT coalesce(x.ended_at, max(x.started_at, coalesce((
		SELECT coalesce(y.ended_at, y.started_at) FROM turns y WHERE y.session_key = x.key ORDER BY y.seq DESC LIMIT 1
	), 0))) FROM sessions x WHERE x.key = ${key})`;
}

function tokens(row: string): string {
	const kinds = ["inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens"];
	return `CAST(${kinds.map((kind) => `coalesce(${row}.usage ->> '${kind}', 0)`).join(" + ")} AS INTEGER)`;
}

function columns(): string {
	return TAKEN.map(([column]) => column).join(", ");
}

function values(row: string): string {
	return TAKEN.map(([, value]) => value(row)).join(", ");
}

const NEXT = "UPDATE sync_version SET version = version + 1;";
const VERSION = "version = (SELECT version FROM sync_version)";

/** What a digest adds up from its session's turns, as SQL over a turn's row. */
const ADDED: readonly (readonly [column: string, value: (row: string) => string])[] = [
	["turns", () => "1"],
	["tools", (row) => `${row}.tools`],
	["asked", (row) => `(${row}.prompt_kind <> 'none')`],
	["compared", (row) => `(${row}.fidelity IS NOT NULL)`],
	["agreement", (row) => `coalesce(${row}.fidelity, 0)`],
];

function triggers(): string {
	const taken = TAKEN.map(([column, value]) => `${column} = ${value("new")}`).join(", ");
	return [
		trigger(
			"session_begun",
			"INSERT ON sessions",
			`INSERT INTO session_digests (session_key, version, turns, tools, asked, compared, agreement, ${columns()})
			SELECT new.key, version, 0, 0, 0, 0, 0, ${values("new")} FROM sync_version;`,
		),
		trigger(
			"session_changed",
			"UPDATE OF revision ON sessions",
			`UPDATE session_digests SET ${VERSION}, ${taken} WHERE session_key = new.key;`,
		),
		trigger(
			"session_deleted",
			"DELETE ON sessions",
			"DELETE FROM session_digests WHERE session_key = old.key;",
		),
		trigger(
			"turn_begun",
			"INSERT ON turns",
			changeOf(
				"new",
				added((value) => `+ ${value("new")}`),
			),
		),
		trigger(
			"turn_changed",
			"UPDATE OF revision ON turns",
			changeOf(
				"new",
				added((value) => `- ${value("old")} + ${value("new")}`),
			),
		),
		trigger(
			"turn_deleted",
			"DELETE ON turns",
			changeOf(
				"old",
				added((value) => `- ${value("old")}`),
			),
		),
	].join("");
}

function added(change: (value: (row: string) => string) => string): string {
	return ADDED.map(([column, value]) => `${column} = ${column} ${change(value)}`).join(", ");
}

function changeOf(row: "new" | "old", changes: string): string {
	const last = `last_at = ${lastAt(`${row}.session_key`)}`;
	return `UPDATE session_digests SET ${VERSION}, ${changes}, ${last} WHERE session_key = ${row}.session_key;`;
}

function trigger(name: string, event: string, body: string): string {
	return `CREATE TRIGGER digest_${name} AFTER ${event} BEGIN\n\t${NEXT}\n\t${body}\nEND;\n`;
}
