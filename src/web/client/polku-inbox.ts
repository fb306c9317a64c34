import { PolkuChat } from './polku-chat.ts';

/** A coach's inbox as an element. */
export class PolkuInbox extends PolkuChat {}
customElements.get('polku-inbox') ?? customElements.define('polku-inbox', PolkuInbox);
