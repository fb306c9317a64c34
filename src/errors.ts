/** Codes of everything that may be refused or fail on purpose; each is also the text key `errors.<code>`. */
export const errorCodes = [
  'conflict',
  'storeUnavailable',
  'documentTooLarge',
  'slotTaken',
  'tooLateToCancel',
  'tooLateToMove',
  'tooManyAppointments',
  'notFound',
  'notYours',
  'alreadyTaken',
  'badPack',
  'badSetting',
  'badRequest',
  'badToken',
  'wrongConversation',
  'wrongOrigin',
  'tooLarge',
  'tooMany',
  'uploadRefused',
  'unexpected',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** A refusal or failure that has a code; `message` is for engineers and holds no personal data. */
export class PolkuError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string = code, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PolkuError';
    this.code = code;
    this.details = details;
  }
}

/** Tells whether an error carries this code; anything else is a bug and belongs to the one handler. */
export function hasCode(error: unknown, code: ErrorCode): error is PolkuError {
  return error instanceof PolkuError && error.code === code;
}
