import { PolkuError } from '../../errors.ts';

/** A token of another conversation, whether that one exists or not. */
export function wrongConversation(): PolkuError {
  return new PolkuError('wrongConversation', 'The token belongs to another conversation.');
}

/** A conversation that was never started, has been deleted or has expired. */
export function gone(): PolkuError {
  return new PolkuError('notFound', 'There is no such conversation (any more).');
}

/** Files: nobody here could read or keep them safely. */
export function uploadRefused(): PolkuError {
  return new PolkuError('uploadRefused', 'Files cannot be sent in this chat. Write it as text.');
}
