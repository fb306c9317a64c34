import { secretFile } from '../../secret-file.ts';

/** The secret that signs chat tokens, kept in the folder; throws `badSetting` as `secretFile` does. */
export function signingSecret(folder: string): Uint8Array {
  return secretFile(folder, 'token-secret', 'Delete it; open chats then start anew.');
}
