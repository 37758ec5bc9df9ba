import type { Row } from "../core/frame.ts";
import type { Look } from "../core/look.ts";

/** What was found out about rows by one look; it lives as long as the rows do. */
export type LookMemory<T> = WeakMap<Look, WeakMap<Row, T>>;

export function memoryOf<T>(memory: LookMemory<T>, look: Look): WeakMap<Row, T> {
	const known = memory.get(look);
	if (known !== undefined) return known;
	const rows = new WeakMap<Row, T>();
	memory.set(look, rows);
	return rows;
}
