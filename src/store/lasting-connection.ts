/**
 * Connections and statements that live as long as their process. The native module aborts Node 24 when one of them is
 * collected as garbage at a moment without a JavaScript context. A process opens two or three connections and knows
 * a few dozen statements, so that keeping them costs next to nothing, and a known statement need not be compiled again.
 */
import Database from "better-sqlite3";

const connections = new Set<Database.Database>();

export function connectForGood(path: string, options: Database.Options): Database.Database {
	const db = new Database(path, options);
	connections.add(db);
	const prepare = keepStatements(db);
	Object.defineProperty(db, "prepare", { value: prepare });
	Object.defineProperty(db, "pragma", { value: pragmaThrough(prepare) });
	return db;
}

type Prepare = (sql: string) => Database.Statement;

function keepStatements(db: Database.Database): Prepare {
	const compile = db.prepare.bind(db);
	const statements = new Map<string, Database.Statement>();
	return (sql) => {
		const known = statements.get(sql);
		if (known !== undefined) return known;
		const statement: Database.Statement = compile(sql);
		statements.set(sql, statement);
		return statement;
	};
}

/** As the module's own `pragma`, which compiles a statement each time and drops it. */
function pragmaThrough(prepare: Prepare) {
	return (source: string, options: { readonly simple?: boolean } = {}): unknown => {
		const statement = prepare(`PRAGMA ${source}`);
		if (!statement.reader) {
			statement.run();
			return options.simple === true ? undefined : [];
		}
		const rows = statement.all();
		const first: unknown = rows[0];
		if (options.simple !== true) return rows;
		return typeof first === "object" && first !== null ? Object.values(first)[0] : undefined;
	};
}
