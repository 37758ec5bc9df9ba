export function exportTypes(): Promise<string>;
