/** PostgreSQL's own stream of changes (`pgoutput`, protocol 1) into rows of text. */

export interface Relation {
	readonly schema: string;
	readonly table: string;
	readonly columns: readonly { readonly name: string; readonly isKey: boolean }[];
}

/** Column to value as text; a value that did not change and lies outside the row is absent. */
export type Row = ReadonlyMap<string, string | null>;

export interface Change {
	readonly type: "INSERT" | "UPDATE" | "DELETE";
	readonly relation: Relation;
	/** Empty for a DELETE. */
	readonly record: Row;
	/** Of an UPDATE or DELETE: the key's columns, or all of them under REPLICA IDENTITY FULL. */
	readonly old: Row | undefined;
	/** ISO 8601. */
	readonly committedAt: string;
}

/** Seconds from 1970 to 2000, PostgreSQL's own epoch. */
const POSTGRES_EPOCH_MS = 946_684_800_000;

export class PgOutputDecoder {
	readonly #relations = new Map<number, Relation>();
	#committedAt = "";

	decode(message: Buffer): Change | undefined {
		const reader = new Reader(message);
		switch (reader.letter()) {
			case "B":
				reader.skip(8);
				this.#committedAt = new Date(Number(reader.int64() / 1000n) + POSTGRES_EPOCH_MS).toISOString();
				return undefined;
			case "R":
				this.#relations.set(reader.int32(), readRelation(reader));
				return undefined;
			case "I":
				return this.#change("INSERT", reader);
			case "U":
				return this.#change("UPDATE", reader);
			case "D":
				return this.#change("DELETE", reader);
			default:
				return undefined; // commit, origin, type: nothing that changes a row
		}
	}

	#change(type: Change["type"], reader: Reader): Change {
		const relation = this.#relations.get(reader.int32());
		if (relation === undefined) throw new Error("a change of a table that was never described");
		let kind = reader.letter();
		let old: Row | undefined;
		if (kind === "K" || kind === "O") {
			const tuple = reader.tuple(relation);
			old = kind === "K" ? keysOf(relation, tuple) : tuple;
			kind = type === "UPDATE" ? reader.letter() : kind;
		}
		const record = type === "DELETE" ? new Map<string, string | null>() : reader.tuple(relation);
		return { type, relation, record, old, committedAt: this.#committedAt };
	}
}

function readRelation(reader: Reader): Relation {
	const [schema, table] = [reader.text(), reader.text()];
	reader.skip(1);
	const columns = Array.from({ length: reader.int16() }, () => {
		const isKey = (reader.byte() & 1) === 1;
		const name = reader.text();
		reader.skip(8);
		return { name, isKey };
	});
	return { schema, table, columns };
}

function keysOf(relation: Relation, row: Row): Row {
	const keys = new Set(relation.columns.filter(({ isKey }) => isKey).map(({ name }) => name));
	return new Map([...row].filter(([name]) => keys.has(name)));
}

class Reader {
	readonly #bytes: Buffer;
	#at = 0;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	skip(count: number): void {
		this.#at += count;
	}

	byte(): number {
		this.#at += 1;
		return this.#bytes.readUInt8(this.#at - 1);
	}

	letter(): string {
		return String.fromCharCode(this.byte());
	}

	int16(): number {
		this.#at += 2;
		return this.#bytes.readInt16BE(this.#at - 2);
	}

	int32(): number {
		this.#at += 4;
		return this.#bytes.readUInt32BE(this.#at - 4);
	}

	int64(): bigint {
		this.#at += 8;
		return this.#bytes.readBigInt64BE(this.#at - 8);
	}

	text(): string {
		const end = this.#bytes.indexOf(0, this.#at);
		const text = this.#bytes.toString("utf8", this.#at, end);
		this.#at = end + 1;
		return text;
	}

	tuple(relation: Relation): Row {
		const row = new Map<string, string | null>();
		const count = this.int16();
		for (let index = 0; index < count; index += 1) {
			const kind = this.letter();
			const name = relation.columns[index]?.name ?? "";
			if (kind === "n") row.set(name, null);
			if (kind !== "t") continue;
			const length = this.int32();
			row.set(name, this.#bytes.toString("utf8", this.#at, this.#at + length));
			this.#at += length;
		}
		return row;
	}
}
