import type { Draft } from './activity.ts';

/** A message of the dialogue in the form that the engine gives it. */
export interface Said {
  text: string;
  language: string;
  choices?: string[];
  mark?: { flow: string; question: string; step: number; of: number };
  links?: string[];
  files?: { name: string; contentType: string; text: string }[];
}

/** Makes a message of the dialogue an activity: choices as suggested actions, files as `data:` attachments. */
export function toDraft({ text, language, choices, mark, links, files }: Said): Draft {
  return {
    type: 'message',
    text,
    textFormat: 'plain',
    locale: language,
    ...(choices && {
      suggestedActions: { to: [], actions: choices.map((title) => ({ type: 'imBack', title, value: title })) },
    }),
    ...((mark || links) && { channelData: { ...mark, ...(links && { links }) } }),
    ...(files && {
      attachments: files.map(({ name, contentType, text: content }) => ({
        contentType,
        name,
        contentUrl: `data:${contentType};charset=utf-8;base64,${Buffer.from(content, 'utf8').toString('base64')}`,
      })),
    }),
  };
}
