import type { Locator, Page } from 'playwright-core';

/** A page used without a mouse: every stop of the Tab key is looked at on the way. */

/** What has the focus, and what is wrong with how it shows. */
interface Stop {
  readonly at: string;
  readonly wrong: string | null;
}

const LOOK = `(() => {
  const here = document.activeElement;
  if (here === null || here === document.body) return { at: 'the page itself', wrong: null };
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  const name = (here.getAttribute('aria-label') || here.textContent || here.getAttribute('name') || here.id || '').trim();
  const at = here.tagName.toLowerCase() + ' ' + name.replace(/\\s+/g, ' ').slice(0, 50);
  const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const wrong = !ring ? 'no ring is to be seen' : box.width < 1 || box.height < 1 ? 'it has no size'
    : !inSight ? 'it is out of sight' : null;
  return { at, wrong };
})()`;

const MOST_STOPS = 250;

/** Somebody with a keyboard only. `faults` says at which stop the focus was not to be seen. */
export class Keyboard {
  readonly faults: string[] = [];
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  private async stop(): Promise<Stop> {
    const found = (await this.page.evaluate(LOOK)) as Stop;
    if (found.wrong !== null) this.faults.push(`${found.at}: ${found.wrong}`);
    return found;
  }

  /** True when something has the focus. */
  has(target: Locator): Promise<boolean> {
    return target.evaluate((element) => element === element.ownerDocument.activeElement);
  }

  /**
   * Goes on with the Tab key until something has the focus.
   * @param back with Shift, towards the start
   * @throws when it is not reached: what cannot be reached is no use, and neither is what nobody gets out of
   */
  async to(target: Locator, back = false): Promise<void> {
    await target.waitFor();
    if (await this.has(target)) return;
    const passed: string[] = [];
    for (let n = 0; n < MOST_STOPS; n += 1) {
      await this.page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
      if (await this.has(target)) {
        await this.stop();
        return;
      }
      passed.push((await this.stop()).at);
    }
    throw new Error(
      `the Tab key does not reach ${String(target)}; it passes ${passed.slice(-8).join(' | ')}`,
    );
  }

  /** Goes there and presses a key: Enter for a link or a button, Space for a tick. */
  async press(target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press(key);
  }

  /** Goes to a field and types. A date is typed as its parts follow each other on the screen. */
  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.type(text);
  }

  /** Goes to a list that folds together and takes an entry by the first letters of its words. */
  async pick(target: Locator, letters: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.type(letters);
  }

  /** Goes to a row of buttons of which one is on, and moves to another with the arrows. */
  async choose(first: Locator, wanted: Locator): Promise<void> {
    await this.to(first);
    await this.page.keyboard.press('Space');
    for (let n = 0; n < 12 && !(await this.has(wanted)); n += 1) await this.page.keyboard.press('ArrowDown');
  }

  /** Where the focus is now, in words. */
  async at(): Promise<string> {
    return (await this.stop()).at;
  }
}
