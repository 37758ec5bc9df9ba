/** What a tool was given, as it reads best. */
import type { ApiToolItem } from "../api/types.ts";
import { Code } from "../parts/code.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { Plain } from "../parts/plain.tsx";
import { languageOf } from "../text/language.ts";
import { visibleLine } from "../text/visible.ts";
import { Diff } from "./diff.tsx";
import { LongText } from "./long-text.tsx";
import { useSessionView } from "./session-view.ts";
import { editsOf } from "./tool-summary.ts";

interface InputProps {
	readonly item: ApiToolItem;
	readonly turn: number;
	readonly isRevealed: boolean;
}

export function ToolInput({ item, turn, isRevealed }: InputProps) {
	const view = useSessionView();
	const { input } = item;
	if (input === undefined) return null;
	const long = {
		total: item.clipped?.input,
		loadWhole: () => view.showWhole(turn),
		isRevealed,
	};
	if (typeof input === "string")
		return (
			<div className="tool-part">
				<h4>Input</h4>
				<LongText text={input} {...long} />
			</div>
		);
	const edits = editsOf(item);
	if (edits !== undefined)
		return (
			<div className="tool-part">
				<FilePath input={input} />
				{edits.map(({ before, after }, index) => (
					<Diff key={index} before={before} after={after} />
				))}
			</div>
		);
	return (
		<div className="tool-part">
			{Object.entries(input).map(([name, value]) => (
				<Field key={name} name={name} value={value} input={input} isRevealed={isRevealed} />
			))}
		</div>
	);
}

type Fields = Readonly<Record<string, unknown>>;

function FilePath({ input }: { readonly input: Fields }) {
	const path = input.file_path ?? input.path;
	return typeof path === "string" ? (
		<p className="file-path">
			<Plain text={visibleLine(path)} />
		</p>
	) : null;
}

interface FieldProps {
	readonly name: string;
	readonly value: unknown;
	readonly input: Fields;
	readonly isRevealed: boolean;
}

function Field({ name, value, input, isRevealed }: FieldProps) {
	const isShort =
		typeof value !== "string" ? typeof value !== "object" : value.length < 100 && !value.includes("\n");
	if (isShort && name !== "command")
		return (
			<p className="field is-short">
				<span className="field-name">{visibleLine(name)}</span>{" "}
				<span className="field-value">
					<Plain text={String(value)} />
				</span>
			</p>
		);
	const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
	return (
		<div className="field">
			<span className="field-name">{visibleLine(name)}</span>
			{/* An item's own clipping is of the whole input: a field is either here or not. */}
			<LongText
				text={text}
				total={undefined}
				loadWhole={nothing}
				isRevealed={isRevealed}
				render={(shown) => (
					<FieldText name={name} text={shown} input={input} isText={typeof value === "string"} />
				)}
			/>
		</div>
	);
}

function nothing(): void {}

function FieldText({
	name,
	text,
	input,
	isText,
}: {
	readonly name: string;
	readonly text: string;
	readonly input: Fields;
	readonly isText: boolean;
}) {
	if (name === "prompt" || name === "plan") return <Markdown text={text} />;
	return <Code text={text} language={isText ? fieldLanguage(name, input) : "json"} />;
}

function fieldLanguage(name: string, input: Fields): string | undefined {
	if (name === "command") return "bash";
	const path = input.file_path ?? input.path;
	return name === "content" && typeof path === "string" ? languageOf(path) : undefined;
}
