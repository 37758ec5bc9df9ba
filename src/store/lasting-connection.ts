/**
 * Connections and statements that live as long as their process. The native module aborts Node 24 when one of them is
 * collected as garbage at a moment without a JavaScript context. A process opens two or three connections and knows
 * a few dozen statements, so that keeping them costs next to nothing, and a known statement need not be compiled again.
 */
import Database from "better-sqlite3";
import { loadCipherModule } from "./encryption/cipher-module.ts";
import { type DatabaseKey, keyLiteral } from "./encryption/database-key.ts";
import { wrongKey } from "./encryption/open-encrypted.ts";

const connections = new Set<Database.Database>();

/** `key`: of an encrypted file; `none yet`: it is about to be encrypted. Throws `store-encrypted` for a wrong one. */
export function connectForGood(
	path: string,
	options: Database.Options,
	key?: DatabaseKey | "none yet",
): Database.Database {
	const db = key === undefined ? new Database(path, options) : connectEncrypted(path, options, key);
	connections.add(db);
	const prepare = keepStatements(db);
	Object.defineProperty(db, "prepare", { value: prepare });
	Object.defineProperty(db, "pragma", { value: pragmaThrough(prepare) });
	return db;
}

function connectEncrypted(
	path: string,
	options: Database.Options,
	key: DatabaseKey | "none yet",
): Database.Database {
	const db = new (loadCipherModule())(path, options);
	db.exec("PRAGMA cipher = 'sqlcipher'; PRAGMA legacy = 4");
	if (key === "none yet") return db;
	try {
		db.exec(`PRAGMA key = ${keyLiteral(key)}`);
		db.exec("SELECT count(*) FROM sqlite_schema");
		return db;
	} catch (cause) {
		db.close();
		const isWrong = cause instanceof Error && "code" in cause && cause.code === "SQLITE_NOTADB";
		throw isWrong ? wrongKey(path, cause) : cause;
	}
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
