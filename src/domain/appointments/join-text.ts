import type { Text } from '../text.ts';

/** Says where a meeting on Teams is joined. */
export function joinText(link: string): Text {
  return { key: 'outlook.join', with: { link } };
}

/** Addresses in a text that may be followed: those of meetings, which never come from a person. */
export function linksIn(text: Text): string[] {
  if (typeof text === 'string') return [];
  if ('lines' in text) return (text.lines as Text[]).flatMap(linksIn);
  const { key, with: values } = text as { key?: unknown; with?: Record<string, unknown> };
  return key === 'outlook.join' && typeof values?.link === 'string' ? [values.link] : [];
}
