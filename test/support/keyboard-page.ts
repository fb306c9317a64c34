import { JourneyPage } from './journey-page.ts';

/** Where the keyboard is, as a person sees it. */
interface Focus {
  text: string;
  tag: string;
  isVisible: boolean;
}

/** A person who has only a keyboard: what goes wrong with the focus is told in `problems`. */
export class KeyboardPage extends JourneyPage {
  readonly problems: string[] = [];
  keys = 0;

  override async choose(title: string): Promise<void> {
    await this.seek(title, ({ tag, text }) => tag === 'button' && [text, text.replace(/^\d+\s*/, '')].includes(title));
    await this.#act('Enter');
    await this.settled();
    await this.look(`after ${title}`);
  }

  override async say(text: string): Promise<void> {
    await this.seek('the box', ({ tag }) => tag === 'textarea');
    await this.page.keyboard.type(text);
    await this.#act('Enter');
    await this.settled();
    await this.look(`after typing ${text}`);
  }

  /** Goes on with the Tab key until the keyboard is there. */
  async seek(name: string, isIt: (focus: Focus) => boolean): Promise<void> {
    for (let steps = 0; steps < 80; steps += 1) {
      if (isIt(await this.look(`looking for ${name}`))) return;
      await this.#act('Tab');
    }
    throw new Error(`the keyboard does not come to ${name}`);
  }

  async #act(key: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  /** Where the keyboard is now; notes a focus that is lost, cannot be seen, or is covered. */
  async look(when: string): Promise<Focus> {
    const { problem, ...focus } = await this.page.evaluate(() => {
      let found = document.activeElement;
      while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
      if (!found || found === document.body) return { text: '', tag: 'none', isVisible: false, problem: 'is lost' };
      const isOurs = found.getRootNode() !== document;
      const { outlineStyle, outlineWidth } = getComputedStyle(found);
      const ring = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      const box = found.getBoundingClientRect();
      const x = Math.min(innerWidth - 1, Math.max(0, box.x + box.width / 2));
      const y = Math.min(innerHeight - 1, Math.max(0, box.y + Math.min(box.height / 2, 20)));
      const root = found.getRootNode() as Document | ShadowRoot;
      const top = root.elementFromPoint(x, y);
      const isSeen = top !== null && (found.contains(top) || top.contains(found));
      // What the open chat covers of the page comes back with Escape.
      const problem = !ring ? 'has no ring' : isSeen || !isOurs ? '' : 'is covered';
      return { text: found.textContent?.trim() ?? '', tag: found.localName, isVisible: ring && isSeen, problem };
    });
    // On its way round, the keyboard visits the browser's own bar.
    const isOnItsWay = focus.tag === 'none' && when.startsWith('looking');
    if (problem && !isOnItsWay)
      this.problems.push(`${when}: the focus (${focus.tag} ${focus.text.slice(0, 30)}) ${problem}`);
    return focus;
  }
}
