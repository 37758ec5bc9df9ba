/** Rows of one table of figures, added up as they come. */
import type { FigureRow, SamplePlace } from "../../store/figures/figures.ts";
import type { FigureName, KeyOf, SumOf } from "../../store/figures/tables.ts";

type Keys<Name extends FigureName> = Readonly<Record<KeyOf<Name>, number | string>>;
type Sums<Name extends FigureName> = Readonly<Partial<Record<SumOf<Name>, number>>>;

export interface Tally<Name extends FigureName> {
	add(day: number, keys: Keys<Name>, sums: Sums<Name>, sample?: SamplePlace): void;
	rows(): FigureRow<Name>[];
}

export function createTally<Name extends FigureName>(): Tally<Name> {
	const rows = new Map<string, FigureRow<Name>>();
	return {
		add: (day, keys, sums, sample) => {
			const id = `${day} ${Object.values(keys).join(" ")}`;
			const old = rows.get(id);
			// The first of its kind stands for all of them.
			const place = old?.sample ?? sample;
			rows.set(id, {
				day,
				keys,
				sums: old === undefined ? sums : plus<Name>(old.sums, sums),
				...(place === undefined ? {} : { sample: place }),
			});
		},
		rows: () => [...rows.values()],
	};
}

type AnySums = Readonly<Record<string, number>>;

function plus<Name extends FigureName>(a: Sums<Name>, b: Sums<Name>): Sums<Name> {
	const total: Record<string, number> = { ...(a as AnySums) };
	for (const [name, value] of Object.entries(b as AnySums)) total[name] = (total[name] ?? 0) + value;
	return total as Sums<Name>;
}
