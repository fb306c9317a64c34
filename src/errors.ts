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
  'notReached',
  'leftAlone',
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
  'tooManyFromHere',
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

/** An error as a log may keep it: its class, code and place, never its message, which may hold what a person said. */
export function faultOf(error: unknown): { name: string; code?: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const at = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const code = (error as { code?: unknown }).code;
  return { name: error.name, ...(typeof code === 'string' && { code }), at: at.slice(0, 8).map((line) => line.trim()) };
}
