/** Keeps the newest in view for a person who is at the end, and leaves alone one who reads what was said earlier. */
export interface Scrolling {
  /** To be called before the page changes. */
  before(): void;
  /**
   * To be called after it; `first` is the first new message, `follow` brings it into view from wherever one was. Tells
   * whether the news came into view.
   */
  after(first: HTMLElement | null, follow: boolean): boolean;
  toEnd(): void;
  isAtEnd(): boolean;
}

/** Pixels from the end that still count as being there. */
const nearly = 80;

/** Watches one scrolling box. */
export function watchScroll(box: () => HTMLElement | null): Scrolling {
  let atEnd = true;
  function toEnd(): void {
    const found = box();
    if (found) found.scrollTop = found.scrollHeight;
  }
  function isAtEnd(): boolean {
    const found = box();
    return !found || found.scrollHeight - found.scrollTop - found.clientHeight < nearly;
  }
  return {
    isAtEnd,
    before() {
      atEnd = isAtEnd();
    },
    after(first, follow) {
      const found = box();
      if (!found || !(atEnd || follow)) return false;
      const end = found.scrollHeight - found.clientHeight;
      // A long answer is read from its beginning.
      found.scrollTop = first ? Math.min(end, first.offsetTop - found.offsetTop - 12) : end;
      return true;
    },
    toEnd,
  };
}
