import { type ReactNode, useState } from "react";

const FEW = 12;

export interface Column<Row> {
	readonly name: string;
	readonly cell: (row: Row) => ReactNode;
	/** Numbers stand at the right. */
	readonly isNumber?: boolean;
}

interface TableProps<Row> {
	readonly caption: string;
	readonly columns: readonly Column<Row>[];
	readonly rows: readonly Row[];
}

export function Table<Row>({ caption, columns, rows }: TableProps<Row>) {
	const [isWhole, setWhole] = useState(false);
	const shown = isWhole ? rows : rows.slice(0, FEW);
	return (
		<>
			<div className="table-scroll" tabIndex={0}>
				<table>
					<caption className="hidden">{caption}</caption>
					<thead>
						<tr>
							{columns.map(({ name, isNumber }) => (
								<th key={name} scope="col" className={isNumber === true ? "number" : ""}>
									{name}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{shown.map((row, index) => (
							<tr key={index}>
								{columns.map(({ name, cell, isNumber }) => (
									<td key={name} className={isNumber === true ? "number" : ""}>
										{cell(row)}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{rows.length > shown.length && (
				<button type="button" className="quiet small" onClick={() => setWhole(true)}>
					Show all {rows.length}
				</button>
			)}
		</>
	);
}
