/** What statistics go by besides what a turn says of itself: data of `patterns/measures.yml`. */
export interface MeasureMarks {
	/** Beginnings of a prompt that sets the answer before it right. */
	readonly correction: RegExp;
	/** Choices in a permission dialog that let the tool run, and those that let it run from then on. */
	readonly granted: RegExp;
	readonly grantedForGood: RegExp;
	/** The rule that an option offers to keep, as its group `rule`. */
	readonly offeredRule: RegExp;
	readonly readingTools: ReadonlySet<string>;
	readonly editingTools: ReadonlySet<string>;
	/** Fields of a tool's input that name its file. */
	readonly fileFields: readonly string[];
	readonly shellTools: ReadonlySet<string>;
	readonly commandField: string;
	/** Names that stand for no single tool. */
	readonly noTools: ReadonlySet<string>;
	/** Words that two prompts may differ in and still ask for the same. */
	readonly fillers: ReadonlySet<string>;
}
