import type { Text } from '../text.ts';

/** Says where a meeting on Teams is joined. */
export function joinText(link: string): Text {
  return { key: 'outlook.join', with: { link } };
}
