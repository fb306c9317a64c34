/** The app registration of the bot, by the SDK's names in the environment. */
export interface BotApp {
  appId: string;
  /** Absent with a managed identity. */
  password?: string;
  tenantId: string;
  type: 'SingleTenant' | 'UserAssignedMSI';
}

const audience = 'https://api.botframework.com';
const login = 'https://login.microsoftonline.com/botframework.com';

/** Loads the SDK, which takes 0.4 s of CPU: only where it is used, and not while somebody waits for an answer. */
export async function loadSdk() {
  return import('botbuilder');
}

/**
 * Makes what gives our token for the Bot Framework: the SDK's credentials, which fetch it with the secret or the managed
 * identity and keep it until it ends.
 */
export function createCredentials({ appId, password, tenantId, type }: BotApp): () => Promise<string> {
  let loading: Promise<{ getToken(): Promise<string> }> | undefined;

  async function load() {
    const { ConfigurationServiceClientCredentialFactory } = await loadSdk();
    const factory = new ConfigurationServiceClientCredentialFactory({
      MicrosoftAppId: appId,
      ...(password && { MicrosoftAppPassword: password }),
      MicrosoftAppTenantId: tenantId,
      MicrosoftAppType: type,
    });
    // The SDK's type says less than what it gives: every credential of a bot can tell its token.
    return (await factory.createCredentials(appId, audience, login, true)) as unknown as {
      getToken(): Promise<string>;
    };
  }

  return async () => {
    loading ??= load();
    return (await loading).getToken();
  };
}
